import { useT } from '../i18n.ts'
import { useKeptNames } from '../kept.ts'
import { ColumnChoice } from './ColumnChoice.tsx'
import type { LedgerProps } from './column.ts'
import { ErrorNote } from './ErrorNote.tsx'
import type { Keyset } from './keyset.ts'
import { LedgerCards } from './LedgerCards.tsx'
import { LedgerRows } from './LedgerRows.tsx'
import { PageTurns } from './PageTurns.tsx'
import { usePhone } from './phone.ts'
import { Waiting } from './Waiting.tsx'

/**
 * A list as a ledger: a table where there is room, cards on a phone. Old rows stay until new ones arrive.
 * @example
 * const page = useKeyset('customers', view)
 * const list = useQuery(customers.query.list.queryOptions({ input: { ...view, after: page.after }, placeholderData: keepPreviousData }))
 * <LedgerTable name="customers" label={t('customers.title')} columns={columns} rows={list.data?.items} rowKey={(row) => row.id}
 *   to={(row) => `/customers/${row.id}`} busy={list.isFetching} error={list.error} onAgain={list.refetch} empty={<EmptyState …/>}
 *   sort={view.sort} onSort={(sort) => setView({ sort })} page={page} next={list.data?.next} />
 */
export function LedgerTable<Row>(props: LedgerProps<Row> & { page?: Keyset; next?: string }) {
  const { name, columns, rows, page, next } = props
  const _t = useT()
  const phone = usePhone()
  const [shown, setShown] = useKeptNames(
    `columns.${name}`,
    columns.filter((column) => !column.hidden).map((column) => column.key),
  )
  const visible = columns.filter((column, index) => index === 0 || column.always || shown.includes(column.key))

  if (!rows) return props.error ? <ErrorNote error={props.error} again={props.onAgain} /> : <Waiting rows={8} />
  if (rows.length === 0 && !page?.previous && !props.busy) return props.empty
  return (
    <div>
      {(!phone || props.count || props.tools) && (
        <div className="ledger-tools">
          <span>{props.count}</span>
          <span>
            {props.tools}
            {!phone && <ColumnChoice columns={columns} shown={shown} onChoose={setShown} />}
          </span>
        </div>
      )}
      {Boolean(props.error) && <ErrorNote error={props.error} again={props.onAgain} />}
      {phone ? (
        <LedgerCards {...props} columns={visible} rows={rows} />
      ) : (
        <LedgerRows {...props} columns={visible} rows={rows} />
      )}
      {page && <PageTurns page={page} next={next} numbered />}
    </div>
  )
}
