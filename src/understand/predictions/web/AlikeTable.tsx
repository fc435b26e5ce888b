import { useLocale, useT } from '#web/i18n.ts'
import { shareText } from '#web/kit/formats.ts'
import { Count } from '#web/kit/values.tsx'
import type { Alike } from '../contract.ts'

/** Of people of the past, by purchases and days of silence: how many bought again within 90 days. Too few people tell nothing. */
export function AlikeTable({ alike }: { alike: readonly Alike[] }) {
  const t = useT()
  const locale = useLocale()
  const rows = [...new Set(alike.map(({ repeats }) => repeats[0]))]
  const columns = [...new Set(alike.map(({ silence }) => silence[0]))]
  const ends = ([from, to]: Alike['repeats'], more: number) =>
    to === null
      ? t('predictions.or_more', { from: from + more })
      : from === to
        ? String(from + more)
        : t('predictions.span', { from: from + more, to: to + more })
  return (
    <>
      <p className="soft">{t('predictions.alike_means')}</p>
      {/* A scrolling region must be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <section className="scrolled" tabIndex={0} aria-label={t('predictions.alike')}>
        <table className="ledger alike-table">
          <thead>
            <tr>
              <th scope="col">{t('predictions.bought_days')}</th>
              {columns.map((from) => (
                <th key={from} scope="col" className="end">
                  {ends(alike.find(({ silence }) => silence[0] === from)!.silence, 0)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row}>
                <th scope="row">{ends(alike.find(({ repeats }) => repeats[0] === row)!.repeats, 1)}</th>
                {alike
                  .filter(({ repeats }) => repeats[0] === row)
                  .map(({ silence, in90 }) => (
                    <td key={silence[0]} className="end">
                      {in90 ? (
                        <>
                          {shareText(locale, in90.again, 0)}{' '}
                          <span className="soft">
                            <Count value={in90.people} />
                          </span>
                        </>
                      ) : (
                        <span className="soft">{t('predictions.few')}</span>
                      )}
                    </td>
                  ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}
