import { isAscii, isUtf8 } from 'node:buffer'
import type { Encoding } from '../table.ts'

/** `sure` is false for plain ASCII, which fits every encoding. */
export type Sniffed = { encoding: Encoding; sure: boolean }

/**
 * The encoding of a piece of text that starts and ends at a line. Byte order mark, then UTF-8, then GB18030, Big5.
 * What fits none is called UTF-8, so that strict decoding names the byte.
 */
export function sniffEncoding(head: Buffer): Sniffed {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', sure: true }
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', sure: true }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', sure: true }
  const wide = wideOrder(head)
  if (wide) return { encoding: wide, sure: true }
  if (isAscii(head)) return { encoding: 'utf-8', sure: false }
  if (isUtf8(head) || isDamagedUtf8(head)) return { encoding: 'utf-8', sure: true }
  const chinese = chinesePairs(head)
  // A Big5 text also decodes as GB18030, into characters nobody uses: common ones have both bytes from 0xA1 up.
  if (chinese.pairs >= 20 && chinese.common < 0.8 * chinese.pairs && fits('big5', head)) {
    return { encoding: 'big5', sure: true }
  }
  // "André" in a Western encoding can look like one rare Chinese character; such a file is not guessed at.
  if (chinese.common > 0 && chinese.common * 2 >= chinese.pairs && chinese.broken * 4 <= chinese.pairs) {
    return { encoding: 'gb18030', sure: true }
  }
  return { encoding: 'utf-8', sure: true }
}

/** UTF-16 without a mark: in tables every other byte is mostly zero, because delimiters and digits are. */
function wideOrder(head: Buffer): Encoding | undefined {
  const sample = head.subarray(0, 4096)
  const zeros = [0, 0]
  for (let at = 0; at < sample.length; at++) if (sample[at] === 0) zeros[at % 2]!++
  const half = sample.length / 2
  if (zeros[1]! > half * 0.2 && zeros[0]! < half * 0.02) return 'utf-16le'
  if (zeros[0]! > half * 0.2 && zeros[1]! < half * 0.02) return 'utf-16be'
  return undefined
}

/** Mostly good UTF-8 with a few bad bytes. As GB18030 the whole would be accepted, and be nonsense. */
function isDamagedUtf8(head: Buffer): boolean {
  const text = new TextDecoder().decode(head)
  let good = 0
  let bad = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 0xfffd) bad++
    else if (unit > 0x7f) good++
  }
  return good > 4 * bad
}

function chinesePairs(head: Buffer): { pairs: number; common: number; broken: number } {
  let pairs = 0
  let common = 0
  let broken = 0
  for (let at = 0; at < head.length; at++) {
    const lead = head[at]!
    if (lead < 0x80) continue
    const trail = head[at + 1] ?? 0
    if (lead > 0x80 && lead < 0xff && trail >= 0x40 && trail !== 0x7f && trail < 0xff) {
      pairs++
      at++
      if (lead >= 0xa1 && lead <= 0xf7 && trail >= 0xa1) common++
    } else if (lead > 0x80 && lead < 0xff && trail >= 0x30 && trail <= 0x39) at += 3
    else broken++
  }
  return { pairs, common, broken }
}

function fits(encoding: Encoding, bytes: Buffer): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
