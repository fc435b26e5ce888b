import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Form, Input, Select } from 'antd'
import { useT } from '#web/i18n.ts'
import { ConflictNote } from '#web/kit/ConflictNote.tsx'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { ErrorOrProof } from '#web/kit/ErrorOrProof.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { SaveBar } from '#web/kit/SaveBar.tsx'
import { useId } from '#web/place.ts'
import { problemOf } from '#web/problem-error.ts'
import type { Team } from '../contract.ts'
import { useColleagues } from './people.ts'
import { staff } from './staff-api.ts'
import './staff.css'

const back = '/settings/staff'

/** A new team. */
export function NewTeamPage() {
  const t = useT()
  return (
    <PageFrame title={t('staff.add_team')} back={{ to: back, label: t('staff.title') }} narrow>
      <TeamForm />
    </PageFrame>
  )
}

/** A team: its name, who leads it, who is in it. */
export function TeamPage() {
  const t = useT()
  const id = useId()
  const teams = useQuery(staff.query.teams.queryOptions({ input: {}, refetchOnWindowFocus: false }))
  const team = teams.data?.items.find((one) => one.id === id)
  return (
    <PageFrame title={team?.name ?? t('staff.team')} back={{ to: back, label: t('staff.title') }} narrow>
      <Loaded of={teams}>
        {() =>
          team ? (
            <TeamForm key={team.version} team={team} onLoad={teams.refetch} />
          ) : (
            <EmptyState title={t('staff.team_unknown')} />
          )
        }
      </Loaded>
    </PageFrame>
  )
}

type Values = { name: string; leadId?: number; memberIds?: number[] }

function TeamForm({ team, onLoad }: { team?: Team; onLoad?: () => Promise<unknown> }) {
  const t = useT()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { all } = useColleagues()
  const people = all.filter((one) => one.active || team?.memberIds.includes(one.id))
  const options = people.map((one) => ({ value: one.id, label: one.name }))
  async function done(said: string) {
    notify(said)
    await queries.invalidateQueries({ queryKey: staff.query.teams.key() })
    await navigate({ to: back })
  }
  const save = useMutation({
    mutationFn: ({
      name,
      leadId = null as number | null,
      memberIds = [],
    }: Omit<Values, 'leadId'> & { leadId?: number | null }) =>
      team
        ? staff.call.editTeam({ id: team.id, name, leadId, memberIds }, { context: { ifMatch: team.version } })
        : staff.call.addTeam({ name, leadId, memberIds }),
    onSuccess: ({ name }) => done(t('staff.team_saved', { name })),
  })
  const remove = useMutation({
    mutationFn: (id: number) => staff.call.removeTeam({ id }),
    onSuccess: () => done(t('staff.team_removed', { name: team?.name ?? '' })),
  })
  const conflict = save.error !== null && problemOf(save.error).status === 412
  return (
    <Form<Values>
      layout="vertical"
      requiredMark={false}
      initialValues={team && { name: team.name, leadId: team.leadId ?? undefined, memberIds: team.memberIds }}
      onFinish={(values) => save.mutate(values)}
    >
      {onLoad && <ConflictNote error={save.error} onLoad={onLoad} />}
      <Form.Item
        name="name"
        label={t('staff.team_name')}
        rules={[{ required: true, whitespace: true, max: 60, message: t('staff.name_needed') }]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="memberIds" label={t('staff.members')}>
        <Select mode="multiple" options={options} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      <Form.Item name="leadId" label={t('staff.lead')} extra={t('staff.lead_means')}>
        <Select allowClear options={options} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      {!conflict && <ErrorOrProof of={[save, remove]} />}
      {team && (
        <p>
          <QuietButton disabled={remove.isPending} onClick={() => remove.mutate(team.id)}>
            {t('staff.remove_team')}
          </QuietButton>
          <span className="soft">{t('staff.remove_team_means')}</span>
        </p>
      )}
      <SaveBar saving={save.isPending} onCancel={() => void navigate({ to: back })} />
    </Form>
  )
}
