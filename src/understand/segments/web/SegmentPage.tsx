import './segments.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { OwnedFields, useOwned } from '#know/staff/web/panels.ts'
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
import { useMay } from '#web/session.ts'
import type { Segment } from '../contract.ts'
import { Overlap } from './Overlap.tsx'
import { Picks } from './Picks.tsx'
import { QuestionEditor } from './QuestionEditor.tsx'
import { QuestionPeople } from './QuestionPeople.tsx'
import { Snapshots } from './Snapshots.tsx'
import { segments } from './segments-api.ts'
import { Uses } from './Uses.tsx'

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
            <Picks id={id} />
            <Panels slot="segment" id={id} />
            <Snapshots id={id} />
            <Overlap id={id} />
            <Uses of={(data as Segment).uses} />
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
  const { owned, setOwned, changed: renamed } = useOwned(segment, begin?.name)
  const { name, note, ownerId } = owned
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
  const changed = !segment || renamed || JSON.stringify(question) !== JSON.stringify(segment.question)
  return (
    <>
      {props.onLoad && <ConflictNote error={save.error} onLoad={props.onLoad} />}
      <OwnedFields
        id="segment"
        owned={owned}
        onChange={setOwned}
        disabled={!mayEdit}
        labels={{ name: t('segments.name'), owner: t('segments.owner'), note: t('segments.note_field') }}
      />
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
