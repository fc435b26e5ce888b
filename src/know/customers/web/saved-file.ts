import { useMutation } from '@tanstack/react-query'
import { apiFetch } from '#web/api.ts'
import { useT } from '#web/i18n.ts'
import { notify } from '#web/kit/notice.tsx'
import { problemOf } from '#web/problem-error.ts'

/** Asks the server for a file and lets the browser keep it. */
export function useSavedFile() {
  const t = useT()
  return useMutation({
    async mutationFn({ path, body }: { path: string; body: unknown }) {
      const answer = await apiFetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      const name = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? 'file'
      download(await answer.blob(), name)
    },
    onError: (error) => notify(problemOf(error).title || t('web.refused')),
  })
}

function download(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
