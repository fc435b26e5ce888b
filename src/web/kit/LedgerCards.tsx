import { Link } from '@tanstack/react-router'
import { Select } from 'antd'
import { useT } from '../i18n.ts'
import type { LedgerProps } from './column.ts'
import { PickOne } from './Pick.tsx'

/** The rows of a ledger as a phone shows them: a card each, and the sort as a choice above. */
export function LedgerCards<Row>(props: LedgerProps<Row> & { rows: readonly Row[] }) {
  const { columns, rows, to, sort, onSort } = props
  const t = useT()
  const [title, ...rest] = columns
  const lines = rest.filter((column) => column.card !== 'side' && column.card !== 'none')
  const sides = rest.filter((column) => column.card === 'side')
  const sorts = columns.flatMap((column) =>
    column.sort
      ? [
          {
            value: `-${column.sort}`,
            label: t(column.days ? 'web.sort_latest' : 'web.sort_most', { by: column.title }),
          },
          { value: column.sort, label: t(column.days ? 'web.sort_earliest' : 'web.sort_least', { by: column.title }) },
        ]
      : [],
  )

  return (
    <>
      {onSort && sorts.length > 0 && (
        <div className="filters">
          <Select
            aria-label={t('web.sort')}
            placeholder={t('web.sort')}
            value={sorts.some(({ value }) => value === sort) ? sort : undefined}
            options={sorts}
            onChange={onSort}
            style={{ width: '100%' }}
          />
        </div>
      )}
      <ul className={props.busy ? 'cards stale' : 'cards'} aria-label={props.label} aria-busy={props.busy}>
        {rows.map((row) => (
          <li key={props.rowKey(row)} className="card">
            <div className="card-head">
              {props.picks && (
                <PickOne of={props.rowKey(row)} {...props.picks}>
                  {title?.cell(row)}
                </PickOne>
              )}
              {to ? (
                <Link to={to(row)} className="row-title">
                  {title?.cell(row)}
                </Link>
              ) : (
                <span className="row-title">{title?.cell(row)}</span>
              )}
              {sides.map((column) => (
                <span key={column.key}>{column.cell(row)}</span>
              ))}
            </div>
            <dl>
              {lines.map((column) => (
                <div key={column.key} className={column.card === 'full' ? 'full' : undefined}>
                  <dt>{column.title}</dt>
                  <dd>{column.cell(row)}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    </>
  )
}
