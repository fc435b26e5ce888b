import { useMutation } from '@tanstack/react-query'
import { apiFetch } from '#web/api.ts'
import { useT } from '#web/i18n.ts'
import { kept } from '#web/kept.ts'
import { notify } from '#web/kit/notice.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { problemOf } from '#web/problem-error.ts'

/** Saves what the list shows as CSV, with the columns chosen on this device. */
export function ExportButton({
  order,
  initial,
  what,
}: {
  /** Keys of all columns, as the list has them from left to right. */
  order: readonly string[]
  initial: readonly string[]
  what: { ids?: number[]; list?: unknown }
}) {
  const t = useT()
  const save = useMutation({
    async mutationFn() {
      const chosen = kept('columns.customers')?.split(',') ?? initial
      const columns = order.filter((key) => key === 'name' || chosen.includes(key))
      const answer = await apiFetch('/api/customers/export', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ columns, ...what }),
      })
      const name = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? 'customers.csv'
      download(await answer.blob(), name)
    },
    onError: (error) => notify(problemOf(error).title || t('web.refused')),
  })
  return (
    <QuietButton icon="download" disabled={save.isPending} onClick={() => save.mutate()}>
      {t('customers.export')}
    </QuietButton>
  )
}

function download(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
