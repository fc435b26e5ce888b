import { useLocale, useT } from '#web/i18n.ts'
import type { Column } from '#web/kit/column.ts'
import { sizeText } from '#web/kit/formats.ts'
import { Absent, Count, InstantText } from '#web/kit/values.tsx'
import type { ImportRow } from '../contract.ts'
import { ImportState } from './ImportState.tsx'

/** The columns of the imports' ledger. */
export function useImportColumns(): Column<ImportRow>[] {
  const t = useT()
  const locale = useLocale()
  const counted = (key: 'lines' | 'orders' | 'customers'): Column<ImportRow> => ({
    key,
    title: t(`exchange.page.sum.${key}`),
    cell: ({ summary }) => (summary ? <Count value={summary[key]} /> : <Absent />),
    align: 'end',
    card: key === 'lines' ? 'none' : 'half',
  })
  return [
    { key: 'file', title: t('exchange.page.file'), cell: (row) => <span className="file-name">{row.fileName}</span> },
    { key: 'state', title: t('exchange.page.state'), cell: (row) => <ImportState one={row} />, card: 'full' },
    counted('lines'),
    counted('orders'),
    counted('customers'),
    {
      key: 'problems',
      title: t('exchange.page.problems'),
      cell: (row) => <Count value={row.problems} />,
      align: 'end',
      card: 'half',
    },
    { key: 'size', title: t('exchange.page.size'), cell: (row) => sizeText(locale, row.fileSize), hidden: true },
    { key: 'preset', title: t('exchange.page.preset'), cell: (row) => row.presetName, hidden: true },
    { key: 'by', title: t('exchange.page.by'), cell: (row) => row.actor, card: 'half' },
    {
      key: 'when',
      title: t('exchange.page.when'),
      cell: (row) => <InstantText at={row.endedAt ?? row.beganAt ?? row.createdAt} />,
      card: 'half',
    },
  ]
}
