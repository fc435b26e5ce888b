import { Link, useNavigate, useRouter } from '@tanstack/react-router'
import type { MouseEvent } from 'react'
import type { Column, LedgerProps } from './column.ts'
import { Icon } from './icon.tsx'
import { PickAll, PickOne } from './Pick.tsx'

/** The rows of a ledger as a table; the first cell's link and a click anywhere on the row open it. */
export function LedgerRows<Row>(props: LedgerProps<Row> & { rows: readonly Row[] }) {
  const { columns, rows, to } = props
  const navigate = useNavigate()
  const router = useRouter()

  function open(event: MouseEvent, place: string) {
    const onControl = (event.target as Element).closest('a, button, input, label')
    if (onControl || getSelection()?.toString()) return
    if (event.metaKey || event.ctrlKey) window.open(place, '_blank', 'noopener')
    else void navigate({ to: place })
  }

  return (
    // A scrolling region must be reachable by keyboard where the table is wider than the window.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className="ledger-scroll" tabIndex={0} aria-label={props.label}>
      <table className={props.busy ? 'ledger stale' : 'ledger'} aria-busy={props.busy}>
        <thead>
          <tr>
            {props.picks && (
              <th scope="col" className="pick">
                <PickAll keys={rows.map(props.rowKey)} {...props.picks} />
              </th>
            )}
            {columns.map((column) => (
              <Heading key={column.key} column={column} sort={props.sort} onSort={props.onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const place = to?.(row)
            return (
              <tr
                key={props.rowKey(row)}
                className={place ? 'opens' : undefined}
                onClick={place ? (event) => open(event, place) : undefined}
                onMouseEnter={place ? () => void router.preloadRoute({ to: place }).catch(() => {}) : undefined}
              >
                {props.picks && (
                  <td className="pick">
                    <PickOne of={props.rowKey(row)} {...props.picks}>
                      {columns[0]?.cell(row)}
                    </PickOne>
                  </td>
                )}
                {columns.map((column, index) => (
                  <td key={column.key} className={column.align}>
                    {index === 0 && place ? (
                      <Link to={place} className="row-title">
                        {column.cell(row)}
                      </Link>
                    ) : (
                      column.cell(row)
                    )}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

function Heading<Row>(props: { column: Column<Row>; sort?: string; onSort?: (sort: string) => void }) {
  const { column, sort, onSort } = props
  if (!column.sort || !onSort) {
    return (
      <th scope="col" className={column.align}>
        {column.title}
      </th>
    )
  }
  const way = sort === column.sort ? 'ascending' : sort === `-${column.sort}` ? 'descending' : undefined
  const other = way
    ? way === 'ascending'
    : (column.first ?? (column.align === 'end' ? 'descending' : 'ascending')) === 'descending'
  return (
    <th scope="col" className={column.align} aria-sort={way ?? 'none'}>
      <button type="button" onClick={() => onSort(other ? `-${column.sort}` : column.sort!)}>
        {column.title}
        {way && <Icon name={way === 'ascending' ? 'up' : 'down'} size={14} />}
      </button>
    </th>
  )
}
