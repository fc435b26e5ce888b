import { useMutation } from '@tanstack/react-query'
import { apiFetch } from '#web/api.ts'
import { useT } from '#web/i18n.ts'
import { notify } from '#web/kit/notice.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { problemOf } from '#web/problem-error.ts'

/** Saves what the filter finds as CSV; that it was saved is an entry too. */
export function ExportButton({ filter }: { filter: object }) {
  const t = useT()
  const save = useMutation({
    async mutationFn() {
      const answer = await apiFetch('/api/audit/export', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(filter),
      })
      const name = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? 'audit.csv'
      const link = document.createElement('a')
      link.href = URL.createObjectURL(await answer.blob())
      link.download = name
      link.click()
      URL.revokeObjectURL(link.href)
    },
    onSuccess: () => notify(t('audit.exported')),
    onError: (error) => notify(problemOf(error).title || t('web.refused')),
  })
  return (
    <QuietButton icon="download" disabled={save.isPending} onClick={() => save.mutate()}>
      {t('audit.export')}
    </QuietButton>
  )
}
