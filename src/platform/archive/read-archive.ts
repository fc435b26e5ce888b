import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { promisify } from 'node:util'
import { zstdDecompress } from 'node:zlib'
import { Refusal } from '../refusal.ts'
import { BLOCK, paddingOf, readHeader } from './tar.ts'
import { type Part, type Piece, sha256Of } from './write-archive.ts'

const decompress = promisify(zstdDecompress)

/** No member of ours is longer; a header that says so is not ours. */
const LONGEST = 256 * 1024 ** 2

export type Archive = {
  manifest: unknown
  bytes: number
  /** Of everything before the last member, hex. */
  sha256: string
  /** A small member's bytes. */
  plain(piece: Piece): Promise<Buffer>
  /** A part's bytes, decompressed, checked again on the way. */
  read(part: Part): AsyncGenerator<Buffer>
  close(): Promise<void>
}

export type Walk = { signal?: AbortSignal; onProgress?: (share: number) => void }

/**
 * Opens an archive after it was read from end to end and everything in it was found as it was written.
 * @throws Refusal `archive.missing`, `archive.foreign`; `archive.truncated`, `archive.damaged` with the member and the byte
 */
export async function openArchive(path: string, walk: Walk = {}): Promise<Archive> {
  const file = await open(path, 'r').catch(() => {
    throw new Refusal('not_found', 'archive.missing', { path })
  })
  try {
    return { ...(await verified(file, walk)), ...readerOf(file), close: () => file.close() }
  } catch (error) {
    await file.close()
    throw error
  }
}

function readerOf(file: FileHandle): Pick<Archive, 'plain' | 'read'> {
  const plain = async (piece: Piece): Promise<Buffer> => {
    const bytes = await bytesAt(file, piece.at, piece.bytes)
    if (sha256Of(bytes) !== piece.sha256) throw damaged(piece.member, piece.at)
    return bytes
  }
  return {
    plain,
    async *read(part) {
      const hash = createHash('sha256')
      for (const piece of part.pieces) {
        const raw = await decompress(await plain(piece)).catch(() => {
          throw damaged(piece.member, piece.at)
        })
        hash.update(raw)
        yield raw
      }
      const first = part.pieces[0]
      if (hash.digest('hex') !== part.sha256) throw damaged(first?.member ?? 'manifest.json', first?.at ?? 0)
    },
  }
}

type Seen = { member: string; at: number; sha256: string }

/** Walks through all members. What the manifest says of the pieces is compared with what was seen. */
async function verified(
  file: FileHandle,
  { signal, onProgress }: Walk,
): Promise<Omit<Archive, keyof ReturnType<typeof readerOf> | 'close'>> {
  const { size } = await file.stat()
  const whole = createHash('sha256')
  const seen = new Map<string, Seen>()
  let last = 'header'
  let manifest: { text: string; at: number } | undefined
  for (let at = 0; ; ) {
    signal?.throwIfAborted()
    const header = await bytesAt(file, at, BLOCK)
    if (header.length < BLOCK) throw truncated(last, size)
    const member = readHeader(header)
    if (!member || member.bytes > LONGEST) {
      if (at === 0) throw new Refusal('invalid', 'archive.foreign')
      throw damaged(`${last} (what follows it)`, at)
    }
    last = member.name
    at += BLOCK
    const padded = member.bytes + paddingOf(member.bytes)
    const body = await bytesAt(file, at, padded)
    if (body.length < padded) throw truncated(member.name, size)
    const bytes = body.subarray(0, member.bytes)
    if (member.name === 'sha256') {
      const sum = whole.digest('hex')
      compare(manifest, seen, sum === bytes.toString('latin1').trim())
      if (size < at + padded + 2 * BLOCK) throw truncated(member.name, size)
      return { manifest: parsed(manifest), bytes: size, sha256: sum }
    }
    whole.update(header).update(body)
    seen.set(member.name, { member: member.name, at, sha256: sha256Of(bytes) })
    if (member.name === 'manifest.json') manifest = { text: bytes.toString(), at }
    at += padded
    onProgress?.(at / size)
  }
}

function compare(manifest: { text: string; at: number } | undefined, seen: Map<string, Seen>, same: boolean): void {
  for (const { member, at, sha256 } of piecesIn(parsed(manifest))) {
    const found = seen.get(member)
    if (found?.sha256 !== sha256 || found.at !== at) throw damaged(member, found?.at ?? at)
  }
  if (!same) throw damaged('manifest.json', manifest!.at)
}

function parsed(manifest: { text: string; at: number } | undefined): unknown {
  if (!manifest) throw damaged('manifest.json', 0)
  try {
    return JSON.parse(manifest.text)
  } catch {
    throw damaged('manifest.json', manifest.at)
  }
}

/** All pieces that a manifest names, wherever in it they stand. */
function piecesIn(value: unknown): Piece[] {
  if (Array.isArray(value)) return value.flatMap(piecesIn)
  if (typeof value !== 'object' || value === null) return []
  if ('member' in value && 'sha256' in value && 'at' in value) return [value as Piece]
  return Object.values(value).flatMap(piecesIn)
}

async function bytesAt(file: FileHandle, at: number, bytes: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(bytes)
  let got = 0
  while (got < bytes) {
    const { bytesRead } = await file.read(buffer, got, bytes - got, at + got)
    if (bytesRead === 0) break
    got += bytesRead
  }
  return buffer.subarray(0, got)
}

const damaged = (part: string, at: number) => new Refusal('invalid', 'archive.damaged', { part, at })
const truncated = (part: string, at: number) => new Refusal('invalid', 'archive.truncated', { part, at })
