import { useMutation } from '@tanstack/react-query'
import { apiFetch } from '#web/api.ts'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import type { Asks } from '../contract.ts'

/** The answer taken along as a file. */
export function ReportFile({ name, asks }: { name: string; asks: Asks }) {
  const t = useT()
  const save = useMutation({
    mutationFn: async (format: 'csv' | 'xlsx') => {
      const answer = await apiFetch('/api/reports/file', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name, asks, format }),
      })
      const link = document.createElement('a')
      link.href = URL.createObjectURL(await answer.blob())
      link.download = `${name}.${format}`
      link.click()
      URL.revokeObjectURL(link.href)
    },
  })
  return (
    <>
      <span className="soft">{t('reports.export')}</span>
      {(['csv', 'xlsx'] as const).map((format) => (
        <QuietButton key={format} icon="download" disabled={save.isPending} onClick={() => save.mutate(format)}>
          {t(`reports.as_${format}`)}
        </QuietButton>
      ))}
      <ErrorNote error={save.error} />
    </>
  )
}
