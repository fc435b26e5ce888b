import { Link } from '@tanstack/react-router'
import type { Condition } from '#understand/query/contract.ts'
import { people } from '#understand/query/web/people.ts'
import { useT } from '#web/i18n.ts'
import { Count } from '#web/kit/values.tsx'
import { Why } from '#web/kit/Why.tsx'
import type { Rulers } from '../contract.ts'

type Cell = { recency: number; frequencyMonetary: number; customers: number; people: Condition }

/** Buyers by how lately (rows) and how often and for how much (columns) they buy; each cell opens its people. */
export function RecencyGrid({ rulers, cells }: { rulers: Rulers; cells: readonly Cell[] }) {
  const t = useT()
  const scores = Array.from({ length: rulers.groups }, (_, index) => index + 1)
  const most = Math.max(1, ...cells.map(({ customers }) => customers))
  return (
    <>
      <h3>
        {t('value.grid')} <Why of={t('value.grid')}>{t('value.grid.definition')}</Why>
      </h3>
      {/* A scrolling region must be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <section className="grid-scroll" tabIndex={0} aria-label={t('value.grid')}>
        <table className="heat">
          <thead>
            <tr>
              <td />
              {scores.map((score) => (
                <th key={score} scope="col">
                  {t('value.fm_short', { score })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {scores.toReversed().map((recency) => (
              <tr key={recency}>
                <th scope="row">{t('value.r_short', { score: recency })}</th>
                {scores.map((score) => {
                  const cell = cells.find((one) => one.recency === recency && one.frequencyMonetary === score)
                  const link = cell && people(cell.people, rulers.asOf)
                  return (
                    <td
                      key={score}
                      style={{ '--heat': Math.sqrt((cell?.customers ?? 0) / most) } as React.CSSProperties}
                    >
                      {cell && cell.customers > 0 && link?.to ? (
                        <Link to={link.to as never} search={link.search as never}>
                          <Count value={cell.customers} />
                        </Link>
                      ) : (
                        <span className="soft">0</span>
                      )}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}
