import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useT } from '#web/i18n.ts'
import { LinkButton } from '#web/kit/LinkButton.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { useMay } from '#web/session.ts'
import { dashboards } from './dashboards-api.ts'
import { houseShows } from './house-shows.ts'
import { Places } from './Places.tsx'

/** The house's own page of numbers, and the way to those that were made here. */
export function HousePage() {
  const t = useT()
  const mayEdit = useMay()('reports.edit')
  const list = useQuery(dashboards.query.list.queryOptions({ input: {} }))
  const own = list.data?.items ?? []
  return (
    <PageFrame
      title={t('dashboards.title')}
      back={{ to: '/', label: t('metrics.title') }}
      action={mayEdit && <LinkButton to="/overview/dashboards/new">{t('dashboards.new')}</LinkButton>}
    >
      {own.length > 0 && (
        <nav className="sections" aria-label={t('dashboards.own')}>
          <ul>
            {own.map(({ id, name }) => (
              <li key={id}>
                <Link to={`/overview/dashboards/${id}`}>{name}</Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <Places shows={houseShows} />
    </PageFrame>
  )
}
