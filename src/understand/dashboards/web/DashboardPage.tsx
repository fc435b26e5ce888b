import './dashboards.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Input } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ConflictNote } from '#web/kit/ConflictNote.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { SaveBar } from '#web/kit/SaveBar.tsx'
import { useId } from '#web/place.ts'
import { useMay, useSession } from '#web/session.ts'
import type { Dashboard, Shown } from '../contract.ts'
import { Arrange } from './Arrange.tsx'
import { dashboards } from './dashboards-api.ts'
import { houseShows } from './house-shows.ts'
import { Places } from './Places.tsx'

const back = '/overview/dashboards'

/** A page of numbers that somebody arranged: read, or arranged anew. */
export function DashboardPage() {
  const t = useT()
  const id = useId()
  const mayEdit = useMay()('reports.edit')
  const [arranging, setArranging] = useState(false)
  const found = useQuery(dashboards.query.get.queryOptions({ input: { id }, refetchOnWindowFocus: false }))
  const dashboard = found.data as Dashboard | undefined
  return (
    <PageFrame
      title={dashboard?.name ?? t('dashboards.title')}
      subtitle={dashboard?.note}
      back={{ to: back, label: t('dashboards.title') }}
      action={
        mayEdit && !arranging && <QuietButton onClick={() => setArranging(true)}>{t('dashboards.arrange')}</QuietButton>
      }
    >
      <Loaded of={found}>
        {(data) =>
          arranging ? (
            <DashboardForm
              key={data.version}
              dashboard={data as Dashboard}
              onLoad={found.refetch}
              onDone={() => setArranging(false)}
            />
          ) : (
            <Places shows={data.shows as Shown[]} />
          )
        }
      </Loaded>
    </PageFrame>
  )
}

/** A new one begins as the house's own. */
export function NewDashboardPage() {
  const t = useT()
  const navigate = useNavigate()
  return (
    <PageFrame title={t('dashboards.new')} back={{ to: back, label: t('dashboards.title') }}>
      <DashboardForm onDone={(id) => void navigate({ to: id ? `${back}/${id}` : back })} />
    </PageFrame>
  )
}

function DashboardForm(props: {
  dashboard?: Dashboard
  onLoad?: () => Promise<unknown>
  onDone: (id?: number) => void
}) {
  const { dashboard, onLoad, onDone } = props
  const t = useT()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const me = useSession().staff.id
  const [name, setName] = useState(dashboard?.name ?? '')
  const [shows, setShows] = useState<Shown[]>(dashboard?.shows ?? houseShows)
  const save = useMutation({
    mutationFn: () =>
      dashboard
        ? dashboards.call.edit({ id: dashboard.id, name, shows }, { context: { ifMatch: dashboard.version } })
        : dashboards.call.add({ name, ownerId: me, shows }),
    onSuccess: async ({ id }) => {
      notify(t('reports.saved'))
      await queries.invalidateQueries({ queryKey: dashboards.query.key() })
      onDone(id)
    },
  })
  const remove = useMutation({
    mutationFn: () => dashboards.call.remove({ id: dashboard!.id }),
    onSuccess: async () => {
      notify(t('reports.was_removed'))
      await navigate({ to: back })
      await queries.invalidateQueries({ queryKey: dashboards.query.key() })
    },
  })
  return (
    <>
      {onLoad && <ConflictNote error={save.error} onLoad={onLoad} />}
      <div className="dashboard-name">
        <label htmlFor="dashboard-name">{t('reports.name')}</label>
        <Input id="dashboard-name" value={name} maxLength={80} onChange={({ target }) => setName(target.value)} />
      </div>
      <Arrange shows={shows} onChange={setShows} />
      <ErrorNote error={save.error ?? remove.error} />
      {dashboard && (
        <p>
          <QuietButton disabled={remove.isPending} onClick={() => remove.mutate()}>
            {t('dashboards.remove')}
          </QuietButton>
        </p>
      )}
      <SaveBar
        saving={save.isPending}
        onCancel={() => onDone(dashboard?.id)}
        onSave={() => name.trim() && save.mutate()}
      />
    </>
  )
}
