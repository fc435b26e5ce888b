import { useT } from '#web/i18n.ts'
import { kept } from '#web/kept.ts'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { useSavedFile } from './saved-file.ts'

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
  const save = useSavedFile()
  function all() {
    const chosen = kept('columns.customers')?.split(',') ?? initial
    const columns = order.filter((key) => key === 'name' || chosen.includes(key))
    save.mutate({ path: '/api/customers/export', body: { columns, ...what } })
  }
  return (
    <QuietButton icon="download" disabled={save.isPending} onClick={all}>
      {t('customers.export')}
    </QuietButton>
  )
}
