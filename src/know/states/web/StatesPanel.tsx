import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useT } from '#web/i18n.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { Metric, Metrics } from '#web/kit/Metric.tsx'
import { Count } from '#web/kit/values.tsx'
import { useMay } from '#web/session.ts'
import { states } from './states-api.ts'

/** How many customers have each of the shop's own states; each number opens them. */
export default function StatesPanel() {
  const t = useT()
  const may = useMay()
  const list = useQuery(states.query.list.queryOptions({ input: {} }))
  return (
    <Loaded of={list} rows={2}>
      {({ items }) => {
        const shown = items.filter(({ offered, customers }) => offered || customers > 0)
        if (shown.length === 0) {
          return (
            <p className="soft">
              {t('states.empty_means')}{' '}
              {may('record.edit') && <Link to={'/settings/states' as never}>{t('states.declare')}</Link>}
            </p>
          )
        }
        return (
          <Metrics label={t('states.overview')}>
            {shown.map(({ id, name, means, customers }) => (
              <Metric
                key={id}
                label={name}
                definition={means ?? t('states.no_meaning')}
                value={<Count value={customers} />}
                to={`/states/${id}`}
              />
            ))}
          </Metrics>
        )
      }}
    </Loaded>
  )
}
