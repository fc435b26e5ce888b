import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { constants, zstdCompress } from 'node:zlib'
import { BLOCK, headerOf, paddingOf } from './tar.ts'

const compress = promisify(zstdCompress)

/** Bytes of a part before compression that make one piece. Of the three that are under way, memory holds each twice at most. */
const PIECE = 4 * 1024 ** 2

/** A stretch of a part as it lies in the file: a member of the archive, compressed on its own. */
export type Piece = {
  member: string
  /** Where its bytes begin in the file. */
  at: number
  /** As stored, compressed. */
  bytes: number
  /** Of the bytes as stored, hex. */
  sha256: string
}

/** What one part (a table, a file) became. */
export type Part = {
  /** Bytes before compression. */
  bytes: number
  /** Of the bytes before compression, hex. */
  sha256: string
  pieces: Piece[]
}

export type ArchiveWriter = {
  /** Writes a small member as it is. */
  plain(name: string, bytes: Buffer): Promise<Piece>
  /**
   * Writes a part of any length as members `<folder>/00001<ending>.zst`, …; joined in order and decompressed they are the part.
   * An empty part has no piece.
   */
  part(folder: string, ending: string, source: AsyncIterable<Uint8Array>): Promise<Part>
  /** Writes the manifest and, as the last member, the SHA-256 of everything before it. Nothing can follow. */
  end(manifest: unknown): Promise<{ bytes: number; sha256: string }>
}

/**
 * Writes an archive as a stream, never going back: a tar whose members are pieces compressed by zstd, `manifest.json` and
 * `sha256`. The format is described in docs/operations/backup-format.md.
 * @param write takes the next bytes; resolves when there is room for more
 * @param machineSeconds when it was made, for the members' dates
 */
export function archiveWriter(write: (bytes: Buffer) => Promise<void>, machineSeconds: number): ArchiveWriter {
  const whole = createHash('sha256')
  let at = 0

  async function put(bytes: Buffer): Promise<void> {
    whole.update(bytes)
    at += bytes.length
    await write(bytes)
  }

  async function plain(name: string, bytes: Buffer): Promise<Piece> {
    await put(headerOf({ name, bytes: bytes.length }, machineSeconds))
    const piece = { member: name, at, bytes: bytes.length, sha256: sha256Of(bytes) }
    await put(bytes)
    await put(Buffer.alloc(paddingOf(bytes.length)))
    return piece
  }

  async function part(folder: string, ending: string, source: AsyncIterable<Uint8Array>): Promise<Part> {
    const hash = createHash('sha256')
    const pieces: Piece[] = []
    let bytes = 0
    let packing: Promise<Buffer> | undefined
    const store = async (packed: Promise<Buffer>): Promise<void> => {
      const number = String(pieces.length + 1).padStart(5, '0')
      pieces.push(await plain(`${folder}/${number}${ending}.zst`, await packed))
    }
    for await (const raw of inPieces(source)) {
      hash.update(raw)
      bytes += raw.length
      // One piece is compressed while the one before it is written and the next one read.
      const before = packing
      packing = pack(raw)
      packing.catch(() => undefined)
      if (before) await store(before)
    }
    if (packing) await store(packing)
    return { bytes, sha256: hash.digest('hex'), pieces }
  }

  async function end(manifest: unknown): Promise<{ bytes: number; sha256: string }> {
    await plain('manifest.json', Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`))
    const sha256 = whole.copy().digest('hex')
    await plain('sha256', Buffer.from(`${sha256}\n`))
    await put(Buffer.alloc(2 * BLOCK))
    return { bytes: at, sha256 }
  }

  return { plain, part, end }
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

function pack(raw: Buffer): Promise<Buffer> {
  return compress(raw, { params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 } })
}

async function* inPieces(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of source) {
    held.push(chunk)
    bytes += chunk.length
    if (bytes < PIECE) continue
    yield Buffer.concat(held)
    held = []
    bytes = 0
  }
  if (bytes > 0) yield Buffer.concat(held)
}
