/** Lines for people go to standard error, so that standard output stays what `--json` promises. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** One line of JSON on standard output. */
export function tellJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

/** A progress line that redraws itself on a terminal, and is a plain line every ten seconds in a pipe. */
export function progressLine(now: () => number): { show(text: string): void; end(): void } {
  const live = process.stderr.isTTY
  let shownAt = 0
  let open = false
  return {
    show(text) {
      if (live) {
        if (now() - shownAt < 100) return
        shownAt = now()
        process.stderr.write(`\r\u001b[2K${text}`)
        open = true
      } else if (now() - shownAt > 10_000) {
        shownAt = now()
        tell(text)
      }
    },
    end() {
      if (open) process.stderr.write('\n')
      open = false
    },
  }
}

/** A signal that aborts at Ctrl-C or SIGTERM, so that a command ends at its next safe point and lets go of the engines. */
export function interruption(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      process.exitCode = 130
      controller.abort()
    })
  }
  return controller.signal
}
