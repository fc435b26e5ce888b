import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { Count, DayText } from '#web/kit/values.tsx'
import { useMay } from '#web/session.ts'
import type { Snapshot } from '../contract.ts'
import { SnapshotComparison } from './SnapshotComparison.tsx'
import { segments } from './segments-api.ts'

/** Who was in a segment at a moment, kept under a name, beside who is in it now. */
export function Snapshots({ id }: { id: number }) {
  const t = useT()
  const mayEdit = useMay()('segments.edit')
  const list = useQuery(segments.query.snapshots.queryOptions({ input: { id } }))
  return (
    <section className="panel" aria-labelledby="snapshots">
      <h2 id="snapshots">{t('segments.snapshots')}</h2>
      <p className="soft">{t('segments.snapshots_mean')}</p>
      <Loaded of={list} rows={1}>
        {({ items }) => (
          <ul className="snapshots">
            {items.map((one) => (
              <Taken key={one.id} of={one} mayEdit={mayEdit} />
            ))}
          </ul>
        )}
      </Loaded>
      {mayEdit && <Take id={id} />}
    </section>
  )
}

function useChanges() {
  const queries = useQueryClient()
  const onSuccess = () => queries.invalidateQueries({ queryKey: segments.query.key() })
  return {
    take: useMutation(segments.query.takeSnapshot.mutationOptions({ onSuccess })),
    drop: useMutation(segments.query.dropSnapshot.mutationOptions({ onSuccess })),
  }
}

function Taken({ of, mayEdit }: { of: Snapshot; mayEdit: boolean }) {
  const t = useT()
  const { drop } = useChanges()
  const [open, setOpen] = useState(false)
  return (
    <li>
      <strong>{of.name}</strong>{' '}
      <span className="soft">
        <DayText day={of.takenOn} />
        {' · '}
        {t('segments.snapshot_size')} <Count value={of.size} />
        {of.actorName && ` · ${of.actorName}`}
      </span>{' '}
      <QuietButton aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('segments.compare')}
      </QuietButton>
      {mayEdit && (
        <QuietButton
          icon="close"
          aria-label={t('segments.drop_snapshot', { name: of.name })}
          disabled={drop.isPending}
          onClick={() => drop.mutate({ id: of.id })}
        />
      )}
      <ErrorNote error={drop.error} />
      {open && <SnapshotComparison of={of} />}
    </li>
  )
}

function Take({ id }: { id: number }) {
  const t = useT()
  const { take } = useChanges()
  const [name, setName] = useState('')
  return (
    <form
      className="pick-form"
      onSubmit={(event) => {
        event.preventDefault()
        // What is refused is told below.
        if (name.trim()) take.mutate({ id, name: name.trim() }, { onSuccess: () => setName('') })
      }}
    >
      <Input
        aria-label={t('segments.snapshot_name')}
        placeholder={t('segments.snapshot_name')}
        value={name}
        maxLength={80}
        onChange={(event) => setName(event.target.value)}
      />
      <Button htmlType="submit" disabled={!name.trim()} loading={take.isPending}>
        {t('segments.take_snapshot')}
      </Button>
      <ErrorNote error={take.error} />
    </form>
  )
}
