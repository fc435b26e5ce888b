import { useQuery } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import { LinkButton } from '#web/kit/LinkButton.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { problemOf } from '#web/problem-error.ts'
import { predictions } from './predictions-api.ts'
import { Steps } from './Steps.tsx'

/** How many customers are judged by which step; opens the page of the forecast. Told to who sees all shops. */
export default function ForecastPanel() {
  const t = useT()
  const latest = useQuery(predictions.query.forecast.queryOptions({ input: {} }))
  if (latest.error && problemOf(latest.error).status === 403) {
    return <p className="soft">{t('predictions.all_shops_only')}</p>
  }
  return (
    <Loaded of={latest} rows={2}>
      {({ forecast }) => (
        <>
          {forecast ? <Steps forecast={forecast} /> : <p className="soft">{t('predictions.empty_means')}</p>}
          <p>
            <LinkButton to="/overview/predictions" quiet>
              {t('predictions.open')}
            </LinkButton>
          </p>
        </>
      )}
    </Loaded>
  )
}
