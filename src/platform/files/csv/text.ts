import { isAscii } from 'node:buffer'
import type { Encoding } from '../table.ts'
import { type Sniffed, sniffEncoding } from './encoding.ts'

/** Text ends here before the file does: at a byte that is not in the encoding, or in a line without end. */
export class TextStop extends Error {
  readonly encoding: Encoding
  /** What could be read before. */
  readonly before: string
  /** How the rest of the line looks. */
  readonly after: string

  constructor(encoding: Encoding, before: string, after: string) {
    super(`Not ${encoding}`)
    this.encoding = encoding
    this.before = before
    this.after = after
  }
}

/**
 * Bytes into text, a piece of whole lines at a time; only the last may end inside a line. No byte of a line feed is
 * part of another character in any of the encodings, so every piece is decoded, and checked, alone.
 * @throws TextStop
 */
export async function* decodeLines(
  chunks: AsyncIterable<Buffer>,
  options: { encoding: Sniffed; newline: '\n' | '\r'; longestLine: number },
): AsyncGenerator<string> {
  const { newline, longestLine } = options
  let { encoding, sure } = options.encoding
  let kept: Buffer[] = []
  let keptBytes = 0
  let started = false

  function decode(bytes: Buffer): string {
    if (!started) {
      started = true
      const text = decodeSure(bytes)
      return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
    }
    return decodeSure(bytes)
  }

  function decodeSure(bytes: Buffer): string {
    if (!sure) {
      if (isAscii(bytes)) return bytes.toString('latin1')
      sure = true
      encoding = sniffEncoding(bytes).encoding
    }
    return strict(bytes, encoding)
  }

  for await (const chunk of chunks) {
    const end = lastLineEnd(chunk, keptBytes, encoding, newline)
    if (end === 0) {
      kept.push(chunk)
      keptBytes += chunk.length
      // No character takes more than three bytes, so this is past the limit: the reader of the text says where.
      if (keptBytes > longestLine * 3) throw new TextStop(encoding, lenient(Buffer.concat(kept), encoding), '')
      continue
    }
    const whole = Buffer.concat([...kept, chunk.subarray(0, end)])
    kept = [chunk.subarray(end)]
    keptBytes = chunk.length - end
    yield decode(whole)
  }
  if (keptBytes > 0) yield decode(Buffer.concat(kept))
}

/** Where the last whole line ends, 0 if there is none. `before` counts the bytes in front, for UTF-16's pairs. */
export function lastLineEnd(bytes: Buffer, before: number, encoding: Encoding, newline: '\n' | '\r'): number {
  const code = newline === '\n' ? 10 : 13
  if (encoding !== 'utf-16le' && encoding !== 'utf-16be') return bytes.lastIndexOf(code) + 1
  const high = encoding === 'utf-16le' ? 1 : 0
  let at = bytes.length - ((bytes.length + before) % 2)
  for (at -= 2; at >= 0; at -= 2) {
    if (bytes[at + 1 - high] === code && bytes[at + high] === 0) return at + 2
  }
  return 0
}

function strict(bytes: Buffer, encoding: Encoding): string {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw stopAt(bytes, encoding)
  }
}

/** Slow, once per file: goes byte by byte to the first that does not fit. */
function stopAt(bytes: Buffer, encoding: Encoding): TextStop {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  let before = ''
  try {
    for (let at = 0; at < bytes.length; at++) before += decoder.decode(bytes.subarray(at, at + 1), { stream: true })
  } catch {
    // `before` now ends where the bad byte stands.
  }
  return new TextStop(encoding, before, lenient(bytes, encoding).slice(before.length, before.length + 200))
}

function lenient(bytes: Buffer, encoding: Encoding): string {
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes)
}
