/** Lets `running` at a time through and `waiting` wait for their turn, first come first served. */
export function slots(
  running: number,
  waiting: number,
): { take(signal: AbortSignal): Promise<(() => void) | undefined> } {
  let free = running
  const queue: (() => void)[] = []

  const giveBack = (): void => {
    const next = queue.shift()
    if (next) next()
    else free++
  }

  /** Resolves with the function that gives the place back; with undefined where too many wait already. Rejects on abort. */
  async function take(signal: AbortSignal): Promise<(() => void) | undefined> {
    signal.throwIfAborted()
    if (free > 0) {
      free--
      return once(giveBack)
    }
    if (queue.length >= waiting) return undefined
    await new Promise<void>((resolve, reject) => {
      const turn = (): void => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const leave = (): void => {
        queue.splice(queue.indexOf(turn), 1)
        reject(signal.reason)
      }
      queue.push(turn)
      signal.addEventListener('abort', leave, { once: true })
    })
    return once(giveBack)
  }

  return { take }
}

function once(action: () => void): () => void {
  let done = false
  return () => {
    if (!done) action()
    done = true
  }
}
