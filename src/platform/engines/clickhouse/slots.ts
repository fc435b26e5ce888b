export type Slots = {
  /** Resolves with the function that gives the place back; with undefined where too many wait already. Rejects on abort. */
  take(signal: AbortSignal): Promise<(() => void) | undefined>
  /** How many places are taken now. */
  taken(): number
}

/** Lets `running` at a time through; `waiting` more may wait for their turn, first come first served. */
export function slots(running: number, waiting: number): Slots {
  let taken = 0
  const queue: (() => void)[] = []

  /** A place given back goes straight to the next who waits: it never looks free to one who comes in between. */
  function place(): () => void {
    let given = false
    return () => {
      if (given) return
      given = true
      const next = queue.shift()
      if (next) next()
      else taken--
    }
  }

  async function take(signal: AbortSignal): Promise<(() => void) | undefined> {
    signal.throwIfAborted()
    if (taken < running) {
      taken++
      return place()
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
    return place()
  }

  return { take, taken: () => taken }
}
