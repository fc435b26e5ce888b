/** A tar archive's own unit: headers are one block, bodies are filled up to whole blocks. */
export const BLOCK = 512

/** What a header says of the bytes that follow it. */
export type Member = { name: string; bytes: number }

/**
 * The header of a file in a POSIX archive (ustar), so that any `tar` opens what we write.
 * @param machineSeconds when it was written
 * @throws Error where the name is longer than 100 bytes: ours are short
 */
export function headerOf({ name, bytes }: Member, machineSeconds: number): Buffer {
  const header = Buffer.alloc(BLOCK)
  if (Buffer.byteLength(name) > 100) throw new Error(`too long a name for a member of an archive: ${name}`)
  header.write(name, 0)
  header.write('0000600\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  header.write(`${octal(bytes, 11)}\0`, 124)
  header.write(`${octal(machineSeconds, 11)}\0`, 136)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  header.write('regulars', 265)
  header.write('regulars', 297)
  header.write(`${octal(sumOf(header), 6)}\0 `, 148)
  return header
}

/** Reads a header; undefined where its own checksum or form is wrong. */
export function readHeader(header: Buffer): Member | undefined {
  const told = Number.parseInt(header.toString('latin1', 148, 156), 8)
  if (told !== sumOf(header) || header.toString('latin1', 257, 262) !== 'ustar') return undefined
  const bytes = Number.parseInt(header.toString('latin1', 124, 136), 8)
  const end = header.indexOf(0)
  const name = header.toString('utf8', 0, end < 0 || end > 100 ? 100 : end)
  return Number.isSafeInteger(bytes) && name ? { name, bytes } : undefined
}

/** Bytes that fill a body up to whole blocks. */
export const paddingOf = (bytes: number): number => (BLOCK - (bytes % BLOCK)) % BLOCK

const octal = (value: number, digits: number): string => Math.floor(value).toString(8).padStart(digits, '0')

/** The sum of all bytes, the checksum itself counted as spaces. */
function sumOf(header: Buffer): number {
  let sum = 8 * 32
  for (let at = 0; at < BLOCK; at++) if (at < 148 || at >= 156) sum += header[at]!
  return sum
}
