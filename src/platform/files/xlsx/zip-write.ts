import { crc32, createDeflateRaw } from 'node:zlib'

export type ZipPart = { name: string; content: AsyncIterable<Buffer> | Iterable<Buffer> }

const method = 8
/** Sizes stand behind the content (bit 3), because they are not known before; names are UTF-8 (bit 11). */
const flags = 0x0808
const version = 20
/** 1 January 1980: the same content gives the same bytes. */
const date = 0x21
const largest = 0xffff_ffff

/** A zip, written as its parts come. Each part, and the whole, may have up to 4 GB; more is thrown as a RangeError. */
export async function* writeZip(parts: Iterable<ZipPart>): AsyncGenerator<Buffer> {
  const list: Buffer[] = []
  let offset = 0
  for (const { name, content } of parts) {
    const written = { crc: 0, packed: 0, size: 0 }
    const start = offset
    const opening = entry(0x04034b50, name, [version, flags, method, 0, date])
    yield opening
    for await (const chunk of deflated(content, written)) yield chunk
    const closing = Buffer.alloc(16)
    closing.writeUInt32LE(0x08074b50, 0)
    writeSizes(closing, 4, written)
    yield closing
    offset += opening.length + written.packed + closing.length
    if (offset > largest || written.size > largest) throw new RangeError('A zip of more than 4 GB')

    const listed = entry(0x02014b50, name, [version, version, flags, method, 0, date])
    writeSizes(listed, 16, written)
    listed.writeUInt32LE(start, 42)
    list.push(listed)
  }
  const contents = Buffer.concat(list)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(list.length, 8)
  end.writeUInt16LE(list.length, 10)
  end.writeUInt32LE(contents.length, 12)
  end.writeUInt32LE(offset, 16)
  yield contents
  yield end
}

async function* deflated(
  content: ZipPart['content'],
  written: { crc: number; packed: number; size: number },
): AsyncGenerator<Buffer> {
  const deflate = createDeflateRaw({ level: 4, chunkSize: 64 * 1024 })
  const feed = async () => {
    for await (const chunk of content) {
      written.crc = crc32(chunk, written.crc)
      written.size += chunk.length
      if (!deflate.write(chunk)) await new Promise((resume) => deflate.once('drain', resume))
    }
    deflate.end()
  }
  feed().catch((error) => deflate.destroy(error))
  try {
    for await (const chunk of deflate) {
      written.packed += chunk.length
      yield chunk
    }
  } finally {
    deflate.destroy()
  }
}

/** The header of a part: a signature, the fields after it, then the name at its place (30 bytes in, or 46 in the list). */
function entry(signature: number, name: string, fields: number[]): Buffer {
  const bytes = Buffer.from(name)
  const size = signature === 0x02014b50 ? 46 : 30
  const header = Buffer.alloc(size + bytes.length)
  header.writeUInt32LE(signature, 0)
  for (const [index, field] of fields.entries()) header.writeUInt16LE(field, 4 + index * 2)
  header.writeUInt16LE(bytes.length, size === 46 ? 28 : 26)
  bytes.copy(header, size)
  return header
}

function writeSizes(into: Buffer, at: number, { crc, packed, size }: { crc: number; packed: number; size: number }) {
  into.writeUInt32LE(crc, at)
  into.writeUInt32LE(packed, at + 4)
  into.writeUInt32LE(size, at + 8)
}
