/** Lines for people go to standard error, so that standard output stays what `--json` promises. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** One line of JSON on standard output. */
export function tellJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

/** A row on standard output: cells apart by tabs. */
export function tellRow(...cells: readonly (string | number)[]): void {
  process.stdout.write(`${cells.join('\t')}\n`)
}

export type ProgressBar = {
  /** @param share of the whole, 0 to 1, where it is known */
  show(text: string, share?: number): void
  end(): void
}

type Screen = { isTTY?: boolean; columns?: number; write(text: string): unknown }

const cells = 24

/**
 * How far long work is: on a terminal a bar that redraws itself, ten times a second at most; in a pipe a plain line every ten
 * seconds.
 */
export function progressBar(now: () => number, screen: Screen = process.stderr): ProgressBar {
  const live = screen.isTTY === true
  let shownAt = 0
  let open = false
  return {
    show(text, share) {
      if (now() - shownAt < (live ? 100 : 10_000)) return
      shownAt = now()
      const percent = share === undefined ? '' : `${Math.floor(share * 100)}% `
      if (!live) return void screen.write(`${percent}${text}\n`)
      const full = Math.round((share ?? 0) * cells)
      const bar = share === undefined ? '' : `${'█'.repeat(full)}${'░'.repeat(cells - full)} `
      screen.write(
        `\r\u001b[2K${`${bar}${percent.padStart(share === undefined ? 0 : 5)}${text}`.slice(0, (screen.columns ?? 80) - 1)}`,
      )
      open = true
    },
    end() {
      if (open) screen.write('\n')
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
