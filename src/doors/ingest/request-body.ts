import { createGunzip } from 'node:zlib'

/** As the Segment API has it, generously counted: bytes of an event and of a batch; and events in a batch, which no client reaches. */
export const limits = { event: 32 * 1024, batch: 512 * 1024, messages: 10_000 }

/**
 * The body of a request, unpacked, held to a size also where its length is not told and where little unpacks to much.
 * @returns why not, where it is too large or not what it says it is
 */
export async function requestBody(request: Request): Promise<Buffer | 'too_large' | 'not_gzip'> {
  const encoding = request.headers.get('content-encoding') ?? 'identity'
  if (encoding !== 'identity' && encoding !== 'gzip') return 'not_gzip'
  const length = request.headers.get('content-length')
  if (Number(length ?? 0) > limits.batch) return 'too_large'
  // The server holds a body to its told length, and hands it over whole at a tenth of the price of a stream.
  const body = length === null ? await gathered(request.body ?? []) : await whole(request)
  if (encoding === 'identity' || body === 'too_large') return body
  // In pieces, so that what unpacks to gigabytes is noticed at the first.
  const plain = createGunzip()
  plain.end(body)
  try {
    return await gathered(plain)
  } catch {
    return 'not_gzip'
  } finally {
    plain.destroy()
  }
}

async function whole(request: Request): Promise<Buffer | 'too_large'> {
  const body = Buffer.from(await request.arrayBuffer())
  return body.length > limits.batch ? 'too_large' : body
}

async function gathered(pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Buffer | 'too_large'> {
  const got: Uint8Array[] = []
  let size = 0
  for await (const piece of pieces) {
    size += piece.length
    if (size > limits.batch) return 'too_large'
    got.push(piece)
  }
  return got.length === 1 ? Buffer.from(got[0]!) : Buffer.concat(got)
}
