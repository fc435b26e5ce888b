import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Select } from 'antd'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import type { Inspection, OneImport } from '../contract.ts'
import { exchange } from './exchange-api.ts'
import { SampleTable } from './SampleTable.tsx'

const encodings = ['utf-8', 'gb18030', 'big5', 'windows-1252', 'utf-16le', 'utf-16be'] as const
type Way = { sheet?: string; encoding?: (typeof encodings)[number] }

/** The file as we read it: its format, its sheet or encoding (which can be corrected), its first rows. */
export function FileLook({ one, seen, open }: { one: OneImport; seen: Inspection; open: boolean }) {
  const t = useT()
  const queries = useQueryClient()
  const { id } = one
  const look = useMutation({
    mutationFn: (way: Way) => exchange.call.look({ id, ...way }),
    onSuccess(seen) {
      queries.setQueryData(exchange.query.inspect.queryKey({ input: { id } }), seen)
      return queries.invalidateQueries({ queryKey: exchange.query.get.queryKey({ input: { id } }) })
    },
  })
  return (
    <section className="panel">
      <h2>{t('exchange.page.file_as_read')}</h2>
      <p className="soft">
        {t('exchange.page.read_as', {
          format: t(`exchange.page.format.${seen.format}`),
          columns: seen.columns.length,
          header: seen.headerRow,
        })}
        {seen.delimiter &&
          ` ${t('exchange.page.delimiter', { mark: t(`exchange.page.delimiter.${mark(seen.delimiter)}`) })}`}
      </p>
      <div className="look-ways">
        {seen.sheets.length > 1 && (
          <Select
            aria-label={t('exchange.page.sheet')}
            value={seen.sheet ?? undefined}
            disabled={!open || look.isPending}
            options={seen.sheets.map((sheet) => ({ value: sheet, label: t('exchange.page.sheet_named', { sheet }) }))}
            onChange={(sheet: string) => look.mutate({ sheet })}
            popupMatchSelectWidth={false}
          />
        )}
        {seen.format === 'csv' && (
          <Select
            aria-label={t('exchange.page.encoding')}
            value={(seen.encoding ?? undefined) as Way['encoding']}
            disabled={!open || look.isPending}
            options={encodings.map((value) => ({ value, label: t(`exchange.page.encoding.${value}`) }))}
            onChange={(encoding) => look.mutate({ encoding })}
            popupMatchSelectWidth={false}
          />
        )}
        {seen.format === 'csv' && open && <span className="soft">{t('exchange.page.encoding_hint')}</span>}
      </div>
      <ErrorNote error={look.error} />
      <SampleTable seen={seen} />
    </section>
  )
}

function mark(delimiter: string): string {
  return { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' }[delimiter] ?? 'other'
}
