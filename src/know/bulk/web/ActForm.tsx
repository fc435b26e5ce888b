import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { OwnInput, useOwnFields } from '#know/fields/web/people.ts'
import { MannerForm } from '#know/manners/web/people.ts'
import { useColleagues } from '#know/staff/web/people.ts'
import { TagMark, useTags } from '#know/tags/web/people.ts'
import { useT } from '#web/i18n.ts'
import { DayField } from '#web/kit/DayField.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import type { BulkDo } from '../contract.ts'
import { useSegmentChoice } from './segment-choice.ts'

type Props = {
  what: BulkDo['do']
  saving: boolean
  onDo: (act: BulkDo) => Promise<unknown>
  onCancel: () => void
}

/** What an act needs to be told, by its kind. */
export function ActForm(props: Props) {
  const t = useT()
  if (props.what === 'manner') {
    return (
      <MannerForm
        save={(given) => props.onDo({ do: 'manner', ...given })}
        onDone={props.onCancel}
        label={t('bulk.go')}
      />
    )
  }
  return <Plain {...props} what={props.what} />
}

function Plain({ what, saving, onDo, onCancel }: Props & { what: Exclude<BulkDo['do'], 'manner'> }) {
  const t = useT()
  const [ready, setReady] = useState<BulkDo>()
  const Fields = { tag: TagFields, untag: TagFields, field: FieldFields, owner: OwnerFields, pick: PickFields }[what]
  return (
    <form
      className="bulk-fields"
      onSubmit={(event) => {
        event.preventDefault()
        // What is refused is told below.
        if (ready) void onDo(ready).catch(() => undefined)
      }}
    >
      <Fields what={what} onReady={setReady} />
      <div className="note-actions">
        <Button type="primary" htmlType="submit" loading={saving} disabled={!ready}>
          {t('bulk.go')}
        </Button>
        <QuietButton onClick={onCancel}>{t('web.cancel')}</QuietButton>
      </div>
    </form>
  )
}

type FieldsProps = { what: BulkDo['do']; onReady: (act: BulkDo | undefined) => void }

function TagFields({ what, onReady }: FieldsProps) {
  const t = useT()
  const { all } = useTags()
  const [said, setSaid] = useState<{ tagId?: number; reason?: string; until?: string }>({})
  const say = (more: typeof said) => {
    const next = { ...said, ...more }
    setSaid(next)
    const { tagId, until } = next
    const reason = next.reason?.trim() ? { reason: next.reason.trim() } : {}
    if (tagId === undefined) return onReady(undefined)
    onReady(
      what === 'tag' ? { do: 'tag', tagId, ...reason, ...(until ? { until } : {}) } : { do: 'untag', tagId, ...reason },
    )
  }
  return (
    <>
      <Select
        aria-label={t('bulk.tag')}
        placeholder={t('bulk.tag')}
        value={said.tagId}
        onChange={(tagId: number) => say({ tagId })}
        showSearch={{ optionFilterProp: 'text' }}
        options={all.map((tag) => ({ value: tag.id, text: tag.name, label: <TagMark {...tag} /> }))}
        notFoundContent={t('bulk.no_tags')}
      />
      <Input
        aria-label={t('bulk.reason')}
        placeholder={t('bulk.reason')}
        maxLength={300}
        value={said.reason ?? ''}
        onChange={(event) => say({ reason: event.target.value })}
      />
      {what === 'tag' && <DayField label={t('bulk.until')} value={said.until} onChange={(until) => say({ until })} />}
    </>
  )
}

function PickFields({ onReady }: FieldsProps) {
  const t = useT()
  const segments = useSegmentChoice()
  const [said, setSaid] = useState<{ segmentId?: number; how: 'in' | 'out'; reason?: string; until?: string }>({
    how: 'in',
  })
  const say = (more: Partial<typeof said>) => {
    const next = { ...said, ...more }
    setSaid(next)
    const { segmentId, how, until } = next
    const reason = next.reason?.trim()
    onReady(
      segmentId === undefined || !reason
        ? undefined
        : { do: 'pick', segmentId, how, reason, ...(until ? { until } : {}) },
    )
  }
  return (
    <>
      {segments && <segments.Choose value={said.segmentId} onChange={(segmentId) => say({ segmentId })} />}
      <Select
        aria-label={t('bulk.how')}
        value={said.how}
        onChange={(how: 'in' | 'out') => say({ how })}
        options={(['in', 'out'] as const).map((how) => ({ value: how, label: t(`bulk.how.${how}`) }))}
      />
      <Input
        aria-label={t('bulk.why')}
        placeholder={t('bulk.why')}
        maxLength={300}
        value={said.reason ?? ''}
        onChange={(event) => say({ reason: event.target.value })}
      />
      <DayField label={t('bulk.until')} value={said.until} onChange={(until) => say({ until })} />
    </>
  )
}

function FieldFields({ onReady }: FieldsProps) {
  const t = useT()
  const { all } = useOwnFields()
  const [picked, setPicked] = useState<string>()
  const [value, setValue] = useState<unknown>()
  const field = all.find(({ key }) => key === picked)
  if (all.length === 0) return <p className="soft">{t('bulk.no_fields')}</p>
  return (
    <>
      <Select
        aria-label={t('bulk.field')}
        placeholder={t('bulk.field')}
        value={picked}
        onChange={(key: string) => {
          setPicked(key)
          setValue(undefined)
          onReady({ do: 'field', field: key as `own.${number}`, value: null })
        }}
        options={all.map(({ key, name }) => ({ value: key, label: name }))}
      />
      {field && (
        <>
          <OwnInput
            key={field.key}
            field={field}
            value={value}
            onChange={(said) => {
              setValue(said)
              onReady({ do: 'field', field: field.key, value: said ?? null })
            }}
          />
          {(value === undefined || value === null) && <p className="soft">{t('bulk.empties')}</p>}
        </>
      )}
    </>
  )
}

function OwnerFields({ onReady }: FieldsProps) {
  const t = useT()
  const { all } = useColleagues()
  const [said, setSaid] = useState<{ to?: number | 'nobody'; note?: string }>({})
  const say = (more: typeof said) => {
    const next = { ...said, ...more }
    setSaid(next)
    const note = next.note?.trim() ? { note: next.note.trim() } : {}
    onReady(
      next.to === undefined ? undefined : { do: 'owner', ownerId: next.to === 'nobody' ? null : next.to, ...note },
    )
  }
  return (
    <>
      <Select
        aria-label={t('bulk.owner')}
        placeholder={t('bulk.owner')}
        value={said.to}
        onChange={(to: number | 'nobody') => say({ to })}
        showSearch={{ optionFilterProp: 'label' }}
        options={[
          ...all.filter((one) => one.active).map((one) => ({ value: one.id as number | 'nobody', label: one.name })),
          { value: 'nobody' as const, label: t('bulk.nobody') },
        ]}
      />
      <Input
        aria-label={t('bulk.note')}
        placeholder={t('bulk.note')}
        maxLength={300}
        value={said.note ?? ''}
        onChange={(event) => say({ note: event.target.value })}
      />
    </>
  )
}
