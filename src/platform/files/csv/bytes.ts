import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { FileRefusal } from '../file-refusal.ts'
import type { FileLimits } from '../limits.ts'

const block = 64 * 1024
const ratioFrom = 16 * 1024 ** 2

export type ByteSource = {
  /** Bytes read from disk so far. */
  bytesRead: () => number
  chunks: AsyncIterable<Buffer>
}

/**
 * The bytes of a file in order, a .gz unfolded on the way and stopped at the limits.
 * @throws FileRefusal files.bomb, files.damaged
 */
export function readBytes(
  path: string,
  options: { file: string; gzip: boolean; limits: FileLimits; signal?: AbortSignal },
): ByteSource {
  const source = createReadStream(path, { highWaterMark: block, signal: options.signal })
  return {
    bytesRead: () => source.bytesRead,
    chunks: options.gzip ? unfold(source, options) : source,
  }
}

async function* unfold(
  source: ReturnType<typeof createReadStream>,
  { file, limits }: { file: string; limits: FileLimits },
): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: block })
  // The error is thrown where the stream is read, below.
  pipeline(source, gunzip, () => {})
  let inflated = 0
  try {
    for await (const chunk of gunzip) {
      inflated += chunk.length
      if (inflated > limits.inflatedBytes) {
        throw new FileRefusal('files.bomb', { file, allowed: `${Math.round(limits.inflatedBytes / 1024 ** 2)} MB` })
      }
      if (inflated > ratioFrom && inflated > limits.inflateRatio * source.bytesRead) {
        throw new FileRefusal('files.bomb', { file, allowed: `${limits.inflateRatio} ×` })
      }
      yield chunk
    }
  } catch (error) {
    if (isZlibError(error)) throw new FileRefusal('files.damaged', { file })
    throw error
  } finally {
    source.destroy()
    gunzip.destroy()
  }
}

function isZlibError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && code.startsWith('Z_')
}
