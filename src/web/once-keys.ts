/**
 * Idempotency keys of effects in flight. The same input of the same endpoint keeps its key until it is answered for
 * certain, so that a retry, a double click and a second try after a lost answer are one effect.
 */
export class OnceKeys {
  readonly #keys = new Map<string, string>()

  of(path: readonly string[], input: unknown): string {
    const name = nameOf(path, input)
    let key = this.#keys.get(name)
    if (!key) {
      key = newKey()
      this.#keys.set(name, key)
    }
    return key
  }

  /** The server has answered: the same input from now on is a new effect. */
  answered(path: readonly string[], input: unknown): void {
    this.#keys.delete(nameOf(path, input))
  }
}

/** A random key. `crypto.randomUUID` exists only on https and localhost; a phone in the shop's network may use neither. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function nameOf(path: readonly string[], input: unknown): string {
  return `${path.join('.')} ${JSON.stringify(input ?? null)}`
}
