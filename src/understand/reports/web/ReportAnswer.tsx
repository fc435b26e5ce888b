import './reports.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useLocale, useT } from '#web/i18n.ts'
import { dayText } from '#web/kit/formats.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import type { Answer, Asks } from '../contract.ts'
import { ReportChart } from './ReportChart.tsx'
import { ReportTable } from './ReportTable.tsx'
import { reports } from './reports-api.ts'

/** What a report says: of whom and when as a sentence, a chart, and all of it as a table whose numbers open their people. */
export function ReportAnswer({ asks, brief }: { asks: Asks; brief?: boolean }) {
  const answer = useQuery(
    reports.query.run.queryOptions({ input: { asks }, placeholderData: keepPreviousData, retry: false }),
  )
  return (
    <Loaded of={answer} rows={brief ? 4 : 10}>
      {(found) => (
        <div className={answer.isPlaceholderData ? 'report stale' : 'report'} aria-busy={answer.isPlaceholderData}>
          <Told answer={found as Answer} brief={brief} />
        </div>
      )}
    </Loaded>
  )
}

function Told({ answer, brief }: { answer: Answer; brief?: boolean }) {
  const t = useT()
  const locale = useLocale()
  const span = ({ from, to }: { from: string; to: string }) => ({
    from: dayText(locale, from),
    to: dayText(locale, to),
  })
  const divided = answer.asks.split !== 'none'
  return (
    <>
      {!brief && (
        <h2>
          {t(divided ? 'reports.by' : 'reports.undivided', {
            metrics: answer.metrics.map(({ key }) => t(`metrics.${key}`)).join(' · '),
            split: t(`reports.split.${answer.asks.split}`),
          })}
        </h2>
      )}
      <p className="soft">
        {t('reports.sentence', { who: answer.sentence, ...span(answer.period) })}
        {answer.before && <> · {t('reports.compared', span(answer.before))}</>}
      </p>
      {divided && answer.rows.length === 0 ? (
        <p>{t('reports.nothing')}</p>
      ) : (
        divided && <ReportChart answer={answer} brief={brief} />
      )}
      {(!brief || !divided) && <ReportTable answer={answer} />}
      {answer.left > 0 && <p className="soft">{t('reports.left', { count: answer.left })}</p>}
      {!brief && divided && <p className="soft">{t('reports.all_means')}</p>}
      {!brief && <p className="soft">{t('reports.anonymous_means')}</p>}
    </>
  )
}
