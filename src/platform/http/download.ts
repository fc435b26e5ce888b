import { ReadableStream } from 'node:stream/web'

const types = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
}

/**
 * Answers a file while it is written; an error on the way breaks the transfer off, so that half a file never passes for a whole one.
 * @param name ASCII, with its ending, and nothing of a person: headers reach the logs of proxies
 */
export function download(file: AsyncIterable<Uint8Array | string>, name: `${string}.${keyof typeof types}`): Response {
  const type = types[name.slice(name.lastIndexOf('.') + 1) as keyof typeof types]
  return new Response(ReadableStream.from(file) as unknown as BodyInit, {
    headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` },
  })
}
