import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { FileRefusal } from '../file-refusal.ts'
import type { XlsxLimits } from '../limits.ts'

type Entry = { method: number; packed: number; inflated: number; crc: number; offset: number }

export type Zip = {
  has: (name: string) => boolean
  /** Bytes on disk of one inner file. */
  packedSize: (name: string) => number
  /** Bytes on disk that all reading so far has taken. */
  bytesRead: () => number
  /** One inner file, unfolded piece by piece. @throws FileRefusal files.damaged, files.bomb */
  read: (name: string) => AsyncGenerator<Buffer>
}

const stored = 0
const deflated = 8
const ratioFrom = 10 * 1024 ** 2
const end = { signature: 0x06054b50, size: 22 }
const end64 = { signature: 0x06064b50, locator: 0x07064b50, locatorSize: 20, size: 56 }
const central = { signature: 0x02014b50, size: 46 }
const local = { signature: 0x04034b50, size: 30 }

/**
 * Reads the table of contents of a zip and checks it before anything is unfolded: how many inner files, their sizes
 * together, the ratio, and that none lie over each other. Declared sizes may lie, so `read` holds each inner file to
 * its own: the sum that was checked can then not be exceeded.
 * @throws FileRefusal files.damaged, files.bomb, files.locked
 */
export async function openZip(path: string, file: string, limits: XlsxLimits): Promise<Zip> {
  const handle = await open(path)
  let entries: Map<string, Entry>
  try {
    entries = await contents(handle, (await handle.stat()).size, file, limits)
  } finally {
    await handle.close()
  }
  let bytesRead = 0
  return {
    has: (name) => entries.has(name),
    packedSize: (name) => entries.get(name)?.packed ?? 0,
    bytesRead: () => bytesRead,
    read: (name) => {
      const entry = entries.get(name)
      if (!entry) throw new FileRefusal('files.damaged', { file })
      return unfold(path, file, entry, (bytes) => {
        bytesRead += bytes
      })
    },
  }
}

async function contents(handle: FileHandle, size: number, file: string, limits: XlsxLimits) {
  const damaged = new FileRefusal('files.damaged', { file })
  const tail = await readAt(handle, Math.max(0, size - end.size - 0xffff - end64.locatorSize), size)
  const at = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (at === -1 || at + end.size > tail.length) throw damaged
  let count = tail.readUInt16LE(at + 10)
  let length = tail.readUInt32LE(at + 12)
  let start = tail.readUInt32LE(at + 16)
  const locator = at - end64.locatorSize
  if (locator >= 0 && tail.readUInt32LE(locator) === end64.locator) {
    const place = Number(tail.readBigUInt64LE(locator + 8))
    const record = await readAt(handle, place, Math.min(size, place + end64.size))
    if (record.length < end64.size || record.readUInt32LE(0) !== end64.signature) throw damaged
    count = Number(record.readBigUInt64LE(32))
    length = Number(record.readBigUInt64LE(40))
    start = Number(record.readBigUInt64LE(48))
  }
  if (count > limits.entries) throw new FileRefusal('files.bomb', { file, allowed: limits.entries })
  if (start + length > size || length > limits.entries * 1024) throw damaged
  const list = await readAt(handle, start, start + length)
  const entries = new Map<string, Entry>()
  for (let index = 0, from = 0; index < count; index++) {
    if (from + central.size > list.length || list.readUInt32LE(from) !== central.signature) throw damaged
    const flags = list.readUInt16LE(from + 8)
    if (flags & 1) throw new FileRefusal('files.locked', { file })
    const nameEnd = from + central.size + list.readUInt16LE(from + 28)
    const extraEnd = nameEnd + list.readUInt16LE(from + 30)
    if (extraEnd > list.length) throw damaged
    const name = list.toString('utf8', from + central.size, nameEnd).replaceAll('\\', '/')
    const entry = withLongSizes(
      {
        method: list.readUInt16LE(from + 10),
        crc: list.readUInt32LE(from + 16),
        packed: list.readUInt32LE(from + 20),
        inflated: list.readUInt32LE(from + 24),
        offset: list.readUInt32LE(from + 42),
      },
      list.subarray(nameEnd, extraEnd),
    )
    if (entries.has(name)) throw damaged
    entries.set(name, entry)
    from = extraEnd + list.readUInt16LE(from + 32)
  }
  confirm([...entries.values()], start, file, limits)
  return entries
}

/** Sizes past 4 GB, or of writers that always use the long form, stand in an extra field. */
function withLongSizes(entry: Entry, extra: Buffer): Entry {
  const long = { ...entry }
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    let from = at + 4
    for (const key of ['inflated', 'packed', 'offset'] as const) {
      if (entry[key] !== 0xffffffff || from + 8 > extra.length) continue
      long[key] = Number(extra.readBigUInt64LE(from))
      from += 8
    }
  }
  return long
}

function confirm(entries: Entry[], contentsStart: number, file: string, limits: XlsxLimits): void {
  const total = entries.reduce((sum, entry) => sum + entry.inflated, 0)
  if (total > limits.inflatedBytes) {
    throw new FileRefusal('files.too_large', { file, allowed: `${Math.round(limits.inflatedBytes / 1024 ** 2)} MB` })
  }
  if (entries.some(({ inflated, packed }) => inflated > ratioFrom && inflated > packed * limits.inflateRatio)) {
    throw new FileRefusal('files.bomb', { file, allowed: `${limits.inflateRatio} ×` })
  }
  const inOrder = [...entries].sort((a, b) => a.offset - b.offset)
  inOrder.forEach((entry, index) => {
    const next = inOrder[index + 1]?.offset ?? contentsStart
    if (entry.offset + local.size + entry.packed > next) throw new FileRefusal('files.damaged', { file })
  })
}

async function* unfold(
  path: string,
  file: string,
  entry: Entry,
  count: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  const damaged = new FileRefusal('files.damaged', { file })
  const handle = await open(path)
  const header = await readAt(handle, entry.offset, entry.offset + local.size).finally(() => handle.close())
  if (header.length < local.size || header.readUInt32LE(0) !== local.signature) throw damaged
  if (entry.method !== stored && entry.method !== deflated) throw damaged
  if (entry.packed === 0) return
  const start = entry.offset + local.size + header.readUInt16LE(26) + header.readUInt16LE(28)
  const source = createReadStream(path, { start, end: start + entry.packed - 1, highWaterMark: 64 * 1024 })
  const inflate = entry.method === deflated ? createInflateRaw({ chunkSize: 64 * 1024 }) : undefined
  // The error is thrown where the stream is read, below.
  if (inflate) pipeline(source, inflate, () => {})
  let counted = 0
  let size = 0
  let crc = 0
  try {
    for await (const chunk of inflate ?? source) {
      size += chunk.length
      if (size > entry.inflated) throw new FileRefusal('files.bomb', { file, allowed: entry.inflated })
      crc = crc32(chunk, crc)
      count(source.bytesRead - counted)
      counted = source.bytesRead
      yield chunk
    }
    if (size !== entry.inflated || crc !== entry.crc) throw damaged
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) throw damaged
    throw error
  } finally {
    source.destroy()
    inflate?.destroy()
  }
}

async function readAt(handle: FileHandle, from: number, to: number): Promise<Buffer> {
  const wanted = Buffer.alloc(Math.max(0, to - from))
  const { bytesRead } = await handle.read(wanted, 0, wanted.length, from)
  return wanted.subarray(0, bytesRead)
}
