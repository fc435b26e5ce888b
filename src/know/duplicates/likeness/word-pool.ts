/**
 * Words told once, as numbers. Their characters lie in one array, their index is a hash table of numbers: a million people cost
 * some tens of megabytes, no string is kept, and all of it can be read by several threads at once.
 */
export type Words = {
  /** UTF-16 units of all words; word w stands from `from[w]` to `from[w + 1]`. Word 0 is the empty one: nothing is known. */
  letters: Uint16Array
  from: Uint32Array
  /** Which of 32 classes of letters a word has: two words that differ in more classes than typos explain need no closer look. */
  classes: Uint32Array
  /** How many people have it. */
  counts: Uint32Array
}

export type WordPool = {
  /** The number of a word of this domain, made at its first use. The same text in two domains is two words. */
  wordOf(domain: number, text: string): number
  count(word: number): void
  size(): number
  shared(): Words
}

export function wordPool(expected = 1024): WordPool {
  let letters = new Uint16Array(expected * 16)
  let from = new Uint32Array(expected + 2)
  let hashes = new Uint32Array(expected + 1)
  let counts = new Uint32Array(expected + 1)
  let slots = new Int32Array(powerOver(expected * 2))
  let used = 1
  let end = 0

  const grow = () => {
    from = larger(from, used * 2 + 2)
    hashes = larger(hashes, used * 2 + 1)
    counts = larger(counts, used * 2 + 1)
    slots = new Int32Array(powerOver(used * 4))
    for (let word = 1; word < used; word += 1) {
      let at = hashes[word]! & (slots.length - 1)
      while (slots[at] !== 0) at = (at + 1) & (slots.length - 1)
      slots[at] = word
    }
  }

  return {
    wordOf(domain, text) {
      const { length } = text
      if (length === 0) return 0
      let hash = (0x811c9dc5 ^ domain) >>> 0
      for (let i = 0; i < length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
      hash = mixed(hash)
      for (let at = hash & (slots.length - 1); ; at = (at + 1) & (slots.length - 1)) {
        const word = slots[at]!
        if (word === 0) {
          if (used >= hashes.length - 1) {
            grow()
            at = (hash & (slots.length - 1)) - 1
            continue
          }
          if (end + length + 1 > letters.length)
            letters = larger(letters, Math.max(end + length + 1, letters.length * 2))
          // The domain stands before the word, so that equal texts of two domains differ; `from` points behind it.
          letters[end] = domain
          end += 1
          from[used] = end
          for (let i = 0; i < length; i += 1) letters[end + i] = text.charCodeAt(i)
          end += length
          from[used + 1] = end + 1
          hashes[used] = hash
          slots[at] = used
          used += 1
          return used - 1
        }
        if (hashes[word] !== hash) continue
        const start = from[word]!
        if (from[word + 1]! - 1 - start !== length || letters[start - 1] !== domain) continue
        let same = 0
        while (same < length && letters[start + same] === text.charCodeAt(same)) same += 1
        if (same === length) return word
      }
    },
    count(word) {
      counts[word]! += 1
    },
    size: () => used,
    shared() {
      const result: Words = {
        letters: sharedCopy(letters.subarray(0, end + 1), Uint16Array),
        from: sharedCopy(from.subarray(0, used + 1), Uint32Array),
        classes: sharedCopy(new Uint32Array(used), Uint32Array),
        counts: sharedCopy(counts.subarray(0, used), Uint32Array),
      }
      for (let word = 1; word < used; word += 1) {
        let classes = 0
        for (let at = from[word]!; at < from[word + 1]! - 1; at += 1) classes |= 1 << (letters[at]! & 31)
        result.classes[word] = classes
      }
      return result
    },
  }
}

/** The text of a word. */
export function textOf({ letters, from }: Words, word: number): string {
  return word === 0 ? '' : String.fromCharCode(...letters.subarray(from[word]!, from[word + 1]! - 1))
}

/** Murmur's last step: nearby numbers come apart. */
export function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array
type NumbersOf<T> = new (buffer: SharedArrayBuffer) => T

/** A copy that threads may share. */
export function sharedCopy<T extends Numbers>(values: T, kind: NumbersOf<T>): T {
  const copy = new kind(new SharedArrayBuffer(values.byteLength))
  copy.set(values as never)
  return copy
}

function larger<T extends Numbers>(values: T, length: number): T {
  const grown = new (values.constructor as new (length: number) => T)(length)
  grown.set(values as never)
  return grown
}

function powerOver(count: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(16, count)))
}
