import { PeopleLink } from '#understand/query/web/people.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { shareText } from '#web/kit/formats.ts'
import { Absent } from '#web/kit/values.tsx'
import type { Answer, ReportCell, ReportRow } from '../contract.ts'
import { useNumberWords } from './number-words.ts'
import { useRowWords } from './row-words.ts'

/** The answer of a report, a row each, the whole below. Each number opens the people behind it. */
export function ReportTable({ answer }: { answer: Answer }) {
  const t = useT()
  const nameOf = useRowWords(answer)
  const line = (row: ReportRow) => (
    <tr key={row.key}>
      <th scope="row">{nameOf(row)}</th>
      {row.cells.map((cell, at) => (
        <td key={answer.metrics[at]!.key} className="end">
          <Cell cell={cell} unit={answer.metrics[at]!.unit} answer={answer} />
        </td>
      ))}
    </tr>
  )
  return (
    // A scrolling region must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className="ledger-scroll" tabIndex={0} aria-label={t('reports.title')}>
      <table className="ledger report-table">
        <thead>
          <tr>
            <th scope="col">{answer.asks.split === 'none' ? '' : t(`reports.split.${answer.asks.split}`)}</th>
            {answer.metrics.map(({ key }) => (
              <th key={key} scope="col" className="end">
                {t(`metrics.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{answer.rows.map(line)}</tbody>
        <tfoot>{line(answer.all)}</tfoot>
      </table>
    </section>
  )
}

function Cell({ cell, unit, answer }: { cell: ReportCell; unit: Answer['metrics'][number]['unit']; answer: Answer }) {
  const t = useT()
  const locale = useLocale()
  const { full } = useNumberWords(answer.currency)(unit)
  const { value, before, change } = cell
  const told = value === null ? <Absent /> : full(value)
  const way = change === null || Math.abs(change) < 0.0005 ? 'same' : change > 0 ? 'more' : 'less'
  return (
    <>
      <PeopleLink of={value ? cell.people : null} asOf={answer.asOf}>
        {told}
      </PeopleLink>
      {answer.before && before !== null && (
        <span className="report-before">
          {t('reports.was', { value: full(before) })}
          {change !== null && <>, {t(`reports.change_${way}`, { share: shareText(locale, Math.abs(change), 0) })}</>}
        </span>
      )}
    </>
  )
}
