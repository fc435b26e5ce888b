import './segments.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Input, Select } from 'antd'
import { useState } from 'react'
import { useColleagues } from '#know/staff/web/people.ts'
import type { Condition } from '#understand/query/contract.ts'
import { useT } from '#web/i18n.ts'
import { ConflictNote } from '#web/kit/ConflictNote.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { SaveBar } from '#web/kit/SaveBar.tsx'
import { Panels } from '#web/panels.tsx'
import { useId, useView } from '#web/place.ts'
import { useMay, useSession } from '#web/session.ts'
import type { Segment } from '../contract.ts'
import { Overlap } from './Overlap.tsx'
import { QuestionEditor } from './QuestionEditor.tsx'
import { QuestionPeople } from './QuestionPeople.tsx'
import { segments } from './segments-api.ts'

const back = '/segments'

/** One segment: its question in three forms kept in step, whom it finds, why somebody is in it. */
export function SegmentPage() {
  const t = useT()
  const id = useId()
  const found = useQuery(segments.query.get.queryOptions({ input: { id }, refetchOnWindowFocus: false }))
  const segment = found.data as Segment | undefined
  return (
    <PageFrame title={segment?.name ?? t('segments.title')} back={{ to: back, label: t('segments.title') }}>
      <Loaded of={found}>
        {(data) => (
          <>
            <SegmentForm key={data.version} segment={data as Segment} onLoad={found.refetch} />
            <Panels slot="segment" id={id} />
            <Overlap id={id} />
          </>
        )}
      </Loaded>
    </PageFrame>
  )
}

/** A new one: of a preset, of a question that another page handed on, or of nothing. */
export function NewSegmentPage() {
  const t = useT()
  const [{ preset }] = useView({ preset: '' })
  const presets = useQuery(
    segments.query.presets.queryOptions({ input: {}, staleTime: Number.POSITIVE_INFINITY, enabled: preset !== '' }),
  )
  const chosen = presets.data?.items.find(({ key }) => key === preset)
  const waits = preset !== '' && !presets.data && !presets.error
  return (
    <PageFrame title={t('segments.new')} back={{ to: back, label: t('segments.title') }}>
      {!waits && <SegmentForm begin={chosen && { name: chosen.name, question: chosen.question as Condition }} />}
    </PageFrame>
  )
}

const all: Condition = { is: 'and', of: [] }

function SegmentForm(props: {
  segment?: Segment
  begin?: { name: string; question: Condition }
  onLoad?: () => Promise<unknown>
}) {
  const { segment, begin } = props
  const t = useT()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const mayEdit = useMay()('segments.edit')
  const me = useSession().staff.id
  const { all: colleagues } = useColleagues()
  const [name, setName] = useState(segment?.name ?? begin?.name ?? '')
  const [note, setNote] = useState(segment?.note ?? '')
  const [ownerId, setOwnerId] = useState<number | null>(segment ? segment.ownerId : me)
  const [question, setQuestion] = useState<Condition>(segment?.question ?? begin?.question ?? all)
  const [understood, setUnderstood] = useState(true)
  const done = async (words: string) => {
    notify(words)
    // Gone from the page first: what it showed may not be there any more.
    await navigate({ to: back })
    await queries.invalidateQueries({ queryKey: segments.query.key() })
  }
  const save = useMutation({
    mutationFn: () =>
      segment
        ? segments.call.edit(
            { id: segment.id, name, note: note.trim() || null, ownerId, question },
            { context: { ifMatch: segment.version } },
          )
        : segments.call.add({ name, note: note.trim() || undefined, ownerId: ownerId ?? undefined, question }),
    onSuccess: () => done(t('segments.saved')),
  })
  const remove = useMutation({
    mutationFn: () => segments.call.remove({ id: segment!.id }),
    onSuccess: () => done(t('segments.was_removed')),
  })
  const changed =
    !segment ||
    name !== segment.name ||
    note !== (segment.note ?? '') ||
    ownerId !== segment.ownerId ||
    JSON.stringify(question) !== JSON.stringify(segment.question)
  return (
    <>
      {props.onLoad && <ConflictNote error={save.error} onLoad={props.onLoad} />}
      <div className="segment-head">
        <div>
          <label htmlFor="segment-name">{t('segments.name')}</label>
          <Input
            id="segment-name"
            value={name}
            maxLength={80}
            disabled={!mayEdit}
            onChange={({ target }) => setName(target.value)}
          />
        </div>
        <div>
          <label htmlFor="segment-owner">{t('segments.owner')}</label>
          <Select
            id="segment-owner"
            value={ownerId ?? undefined}
            allowClear
            disabled={!mayEdit}
            onChange={(id?: number) => setOwnerId(id ?? null)}
            options={colleagues
              .filter(({ active, id }) => active || id === ownerId)
              .map((one) => ({ value: one.id, label: one.name }))}
          />
        </div>
        <div className="wide">
          <label htmlFor="segment-note">{t('segments.note_field')}</label>
          <Input.TextArea
            id="segment-note"
            value={note}
            maxLength={500}
            disabled={!mayEdit}
            autoSize={{ minRows: 1, maxRows: 4 }}
            onChange={({ target }) => setNote(target.value)}
          />
        </div>
      </div>
      <QuestionEditor question={question} onChange={setQuestion} onUnderstood={setUnderstood} disabled={!mayEdit} />
      <QuestionPeople question={question} segment={changed ? undefined : segment} />
      <ErrorNote error={save.error ?? remove.error} />
      {mayEdit && (
        <>
          {segment && (
            <p>
              <QuietButton disabled={remove.isPending} onClick={() => remove.mutate()}>
                {t('segments.remove')}
              </QuietButton>
            </p>
          )}
          <SaveBar
            saving={save.isPending}
            changed={Boolean(segment) && changed}
            onCancel={() => void navigate({ to: back })}
            onSave={() => name.trim() && understood && save.mutate()}
          />
        </>
      )}
    </>
  )
}
