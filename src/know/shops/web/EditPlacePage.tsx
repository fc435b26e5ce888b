import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Space } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ConflictNote } from '#web/kit/ConflictNote.tsx'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { useId } from '#web/place.ts'
import { problemOf } from '#web/problem-error.ts'
import { PlaceForm } from './PlaceForm.tsx'
import { callsOf, listOf, type PlaceName, type PlaceShown, type PlaceValues } from './place-calls.ts'
import { shops } from './shops-api.ts'

/** Renames a shop, channel or brand, archives it, brings it back, or deletes it while nothing uses it. */
export function EditPlacePage({ place }: { place: PlaceName }) {
  const t = useT()
  const id = useId()
  const list = useQuery({ ...listOf(place), refetchOnWindowFocus: false })
  return (
    <PageFrame title={t(`shops.${place}.one`)} back={{ to: '/settings/shops', label: t('shops.places') }} narrow>
      <Loaded of={list}>
        {({ items }) => {
          const found = items.find((item) => item.id === id)
          if (!found) return <EmptyState title={t('shops.unknown')} />
          const load = async () => (await list.refetch()).data?.items.find((item) => item.id === id)?.version
          return <Editing place={place} of={found} onLoad={load} />
        }}
      </Loaded>
    </PageFrame>
  )
}

function Editing({
  place,
  of,
  onLoad,
}: {
  place: PlaceName
  of: PlaceShown
  onLoad: () => Promise<number | undefined>
}) {
  const t = useT()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [version, setVersion] = useState(of.version)
  const leave = () => void navigate({ to: '/settings/shops' })
  const done = (text: string, undo?: () => unknown) => {
    notify(text, { undo })
    leave()
    return queries.invalidateQueries({ queryKey: shops.query.key() })
  }
  const { edit, remove } = callsOf[place]
  const save = useMutation({
    mutationFn: (values: Partial<PlaceValues>) => edit(of.id, values, version),
    onSuccess: () => done(t('shops.was_saved')),
  })
  const archive = useMutation({
    mutationFn: (archived: boolean) => edit(of.id, { archived }, version),
    onSuccess: (saved) =>
      done(t(saved.archived ? 'shops.was_archived' : 'shops.was_restored'), async () => {
        await edit(of.id, { archived: !saved.archived }, saved.version)
        await queries.invalidateQueries({ queryKey: shops.query.key() })
      }),
  })
  const removal = useMutation({ mutationFn: () => remove(of.id), onSuccess: () => done(t('shops.was_removed')) })
  const errors = [save.error, archive.error]
  const conflict = errors.find((error) => error && problemOf(error).status === 412)

  return (
    <>
      <ConflictNote
        error={conflict}
        onLoad={async () => {
          setVersion((await onLoad()) ?? version)
          save.reset()
          archive.reset()
        }}
      />
      <PlaceForm
        place={place}
        of={of}
        saving={save.isPending}
        error={conflict ? undefined : save.error}
        onSave={(values) => save.mutate(values)}
        onCancel={leave}
      />
      <section className="panel">
        <h2>{t(of.archived ? 'shops.archived' : 'shops.no_longer')}</h2>
        <p className="soft">{t('shops.archive_means')}</p>
        <Space wrap style={{ margin: '16px 0' }}>
          <Button disabled={archive.isPending} onClick={() => archive.mutate(!of.archived)}>
            {t(of.archived ? 'shops.restore' : 'shops.archive')}
          </Button>
          <Button disabled={removal.isPending} onClick={() => removal.mutate()}>
            {t('shops.remove')}
          </Button>
        </Space>
        <ErrorNote error={conflict ? undefined : (archive.error ?? removal.error)} />
      </section>
    </>
  )
}
