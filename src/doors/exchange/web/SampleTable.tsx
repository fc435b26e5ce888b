import { useT } from '#web/i18n.ts'
import type { Inspection, Target } from '../contract.ts'
import { useTargetWords } from './target-words.ts'

/** The first rows of the file, each column with what it means. */
export function SampleTable({ seen, most = 6 }: { seen: Inspection; most?: number }) {
  const t = useT()
  const { words } = useTargetWords()
  const meanings = new Map<string, Target[]>()
  for (const [target, column] of Object.entries(seen.mapped) as [Target, string][]) {
    meanings.set(column, [...(meanings.get(column) ?? []), target])
  }
  const meaning = (column: string) => meanings.get(column)?.map(words).join(' · ')
  return (
    // A scrolling region must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className="ledger-scroll sample" tabIndex={0} aria-label={t('exchange.page.sample')}>
      <table className="ledger">
        <thead>
          <tr>
            <th scope="col" className="end">
              {t('exchange.page.row')}
            </th>
            {seen.columns.map((column) => (
              <th key={column} scope="col">
                <span className="sample-column">{column}</span>
                <span className={meanings.has(column) ? 'sample-meaning' : 'soft'}>
                  {meaning(column) ?? t('exchange.page.unread')}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {seen.sample.slice(0, most).map(({ row, cells }) => (
            <tr key={row}>
              <td className="end soft">{row}</td>
              {seen.columns.map((column, at) => (
                <td key={column}>{cells[at]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
