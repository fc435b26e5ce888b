import { useMutation } from '@tanstack/react-query'
import { apiFetch } from '#web/api.ts'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import type { PathAsks } from '../contract.ts'

export function PathFile({ asks }: { asks: PathAsks }) {
  const t = useT()
  const save = useMutation({
    mutationFn: async () => {
      const answer = await apiFetch('/api/paths/file', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ asks }),
      })
      const link = document.createElement('a')
      link.href = URL.createObjectURL(await answer.blob())
      link.download = `${t('paths.file')}.csv`
      link.click()
      URL.revokeObjectURL(link.href)
    },
  })
  return (
    <>
      <QuietButton icon="download" disabled={save.isPending} onClick={() => save.mutate()}>
        {t('paths.export')}
      </QuietButton>
      <ErrorNote error={save.error} />
    </>
  )
}
