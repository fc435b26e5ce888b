import { currentLocale } from '#web/i18n.ts'
import { ProblemError } from '#web/problem-error.ts'

/** The server takes no larger file. */
export const largestFile = 4 * 1024 ** 3

/**
 * Sends a file as it lies on the disk, in one stream, never whole in memory. By XMLHttpRequest: fetch tells nobody how much has
 * been sent.
 * @param onSent bytes sent so far
 * @returns the import's id
 * @throws ProblemError
 */
export function sendFile(file: File, signal: AbortSignal, onSent: (bytes: number) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('PUT', '/api/imports/file')
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name))
    request.setRequestHeader('accept-language', currentLocale())
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.responseType = 'json'
    request.upload.onprogress = (event) => onSent(event.loaded)
    request.onload = () => {
      if (request.status === 201) resolve((request.response as { id: number }).id)
      else reject(problemIn(request))
    }
    request.onerror = () => reject(new ProblemError({ code: 'web.unreachable', status: 0, title: '' }))
    request.onabort = () => reject(new DOMException('Aborted', 'AbortError'))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}

function problemIn({ status, response }: XMLHttpRequest): ProblemError {
  const body = response as ConstructorParameters<typeof ProblemError>[0] | null
  if (body?.code) return new ProblemError({ ...body, title: body.title ?? '', status })
  return new ProblemError({ code: status >= 500 ? 'web.server' : 'web.refused', status, title: '' })
}
