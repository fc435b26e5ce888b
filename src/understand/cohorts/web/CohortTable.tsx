import { useNavigate } from '@tanstack/react-router'
import { PeopleLink, people } from '#understand/query/web/people.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { shareText } from '#web/kit/formats.ts'
import { Count } from '#web/kit/values.tsx'
import type { CohortCell, CohortRow, Cohorts, CohortWhat } from '../contract.ts'
import { isTold, told, useRowName } from './cohort-words.ts'
import { cohorts as api } from './cohorts-api.ts'

/** A row a cohort, a column a month after; each cell opens its people. Few people are told by number, without a share. */
export function CohortTable({ cohorts, what, months }: { cohorts: Cohorts; what: CohortWhat; months: number }) {
  const t = useT()
  const nameOf = useRowName(cohorts.by)
  const columns = cohorts.by === 'month' ? widest(cohorts.rows) : cohorts.all.cells
  const shown = columns.filter((cell) => isTold(cell, what)).map(({ after }) => after)
  const line = (row: CohortRow) => (
    <tr key={row.key}>
      <th scope="row">{nameOf(row)}</th>
      <td className="end">
        <Whole row={row} asOf={cohorts.asOf} />
      </td>
      {shown.map((after) => (
        <Cell
          key={after}
          of={row.cells.find((cell) => cell.after === after)}
          row={nameOf(row)}
          ask={{ by: cohorts.by, key: row.key, asOf: cohorts.asOf, months, after, what }}
        />
      ))}
    </tr>
  )
  return (
    // A scrolling region must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className="ledger-scroll cohort-scroll" tabIndex={0} aria-label={t('cohorts.title')}>
      <table className="cohorts">
        <caption className="sr-only">
          {t('cohorts.title')}: {t(what === 'again' ? 'metrics.repurchaseWithin' : 'metrics.retention')}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t(`cohorts.by.${cohorts.by}`)}</th>
            <th scope="col" className="end">
              {t('metrics.newBuyers')}
            </th>
            {shown.map((after) => (
              <th key={after} scope="col" className="end">
                <span aria-hidden="true">+{after}</span>
                <span className="sr-only">{t('cohorts.after', { after })}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{cohorts.rows.map(line)}</tbody>
        <tfoot>{line(cohorts.all)}</tfoot>
      </table>
    </section>
  )
}

function Whole({ row, asOf }: { row: CohortRow; asOf: string }) {
  return (
    <PeopleLink of={row.people} asOf={asOf}>
      <Count value={row.newBuyers} />
    </PeopleLink>
  )
}

type Asked = { by: Cohorts['by']; key: string; asOf: string; months: number; after: number; what: CohortWhat }

function Cell({ of, row, ask }: { of: CohortCell | undefined; row: string; ask: Asked }) {
  const t = useT()
  const locale = useLocale()
  const navigate = useNavigate()
  if (!of) return <td />
  const { people: count, share } = told(of, ask.what)
  const open = async () => {
    const found = await api.call.people(ask)
    await navigate(people(found.people as never, found.asOf) as never)
  }
  const text = share === null ? t('cohorts.of', { some: count, all: of.newBuyers }) : shareText(locale, share, 0)
  const whole = t('cohorts.cell', { row, after: of.after, some: count, all: of.newBuyers, share: text })
  const shade = share === null ? 0 : Math.round(Math.sqrt(share) * 100)
  return (
    <td className={of.over ? 'end' : 'end unfinished'} style={{ '--shade': `${shade}%` } as React.CSSProperties}>
      {count > 0 ? (
        <button type="button" className="link" title={whole} aria-label={whole} onClick={() => void open()}>
          {text}
        </button>
      ) : (
        <span className="soft" title={whole}>
          {text}
        </span>
      )}
      {!of.over && <span aria-hidden="true">*</span>}
    </td>
  )
}

function widest(rows: readonly CohortRow[]): readonly CohortCell[] {
  return rows.reduce<readonly CohortCell[]>((most, { cells }) => (cells.length > most.length ? cells : most), [])
}
