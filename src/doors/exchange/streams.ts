import type { ReadableStream } from 'node:stream/web'
import { z } from 'zod'
import { download } from '#platform/http/index.ts'
import type { StreamRoute } from '#platform/module.ts'
import { Refusal } from '#platform/refusal.ts'
import { unusableRows } from './unusable.ts'
import { largestUpload, upload } from './upload.ts'

const meta = { may: 'exchange.import', scope: 'all', rate: 'heavy', once: false, edit: false } as const
const encoding = z.enum(['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5', 'windows-1252'])
const importId = z.coerce.number().int().positive()

/** The file in, and the file of unusable rows out. @param uploads folder where uploads lie */
export function exchangeStreams(uploads: string): StreamRoute[] {
  return [
    {
      method: 'PUT',
      path: '/imports/file',
      summary: 'Upload a file to import: its bytes as the body, its name percent-encoded in X-File-Name',
      tag: 'Import',
      meta,
      maxBytes: largestUpload,
      async handle(ctx, request) {
        if (!request.body) throw new Refusal('invalid', 'exchange.upload_broken', { file: '' })
        const done = await upload(ctx, uploads, {
          name: decoded(request.headers.get('x-file-name')),
          preset: request.headers.get('x-preset') ?? undefined,
          encoding: encoding.safeParse(request.headers.get('x-encoding')).data,
          body: request.body as unknown as ReadableStream<Uint8Array>,
        })
        return Response.json(done, { status: 201 })
      },
    },
    {
      method: 'GET',
      path: '/imports/:id/unusable',
      summary: 'The rows that cannot be used, as CSV with the reason in each',
      tag: 'Import',
      meta,
      shows: 'imports',
      async handle(ctx, _request, params) {
        const id = importId.safeParse(params.id)
        if (!id.success) throw new Refusal('not_found', 'exchange.unknown', { id: 0 })
        return download(await unusableRows(ctx, id.data), `unusable-${id.data}.csv`)
      },
    },
  ]
}

function decoded(name: string | null): string {
  try {
    return decodeURIComponent(name ?? 'file')
  } catch {
    return 'file'
  }
}
