import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ConflictNote } from '#web/kit/ConflictNote.tsx'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { SaveBar } from '#web/kit/SaveBar.tsx'
import { useId } from '#web/place.ts'
import { type Tag, type TagColour, tagColours } from '../contract.ts'
import { TagMark } from './TagMark.tsx'
import { tags } from './tags-api.ts'

const back = '/settings/tags'

/** One tag: its name, colour and meaning; what it stands for besides; deleting it where nothing uses it. */
export function TagPage() {
  const t = useT()
  const id = useId()
  const list = useQuery(tags.query.list.queryOptions({ input: {}, refetchOnWindowFocus: false }))
  const tag = (list.data?.items as Tag[] | undefined)?.find((one) => one.id === id)
  return (
    <PageFrame title={tag?.name ?? t('tags.title')} back={{ to: back, label: t('tags.title') }} narrow>
      <Loaded of={list}>
        {({ items }) =>
          tag ? (
            <>
              <TagForm key={tag.version} tag={tag} onLoad={list.refetch} />
              <Merged tag={tag} others={(items as Tag[]).filter((one) => one.id !== id)} />
            </>
          ) : (
            <EmptyState title={t('tags.unknown')} />
          )
        }
      </Loaded>
    </PageFrame>
  )
}

type Values = { name: string; colour: TagColour; note?: string }

function TagForm({ tag, onLoad }: { tag: Tag; onLoad: () => Promise<unknown> }) {
  const t = useT()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const done = async (words: string) => {
    notify(words)
    await queries.invalidateQueries({ queryKey: tags.query.key() })
    await navigate({ to: back })
  }
  const save = useMutation({
    mutationFn: ({ name, colour, note }: Values) =>
      tags.call.edit({ id: tag.id, name, colour, note: note?.trim() || null }, { context: { ifMatch: tag.version } }),
    onSuccess: () => done(t('tags.saved')),
  })
  const remove = useMutation({
    mutationFn: () => tags.call.remove({ id: tag.id }),
    onSuccess: () => done(t('tags.was_removed')),
  })
  return (
    <Form<Values>
      layout="vertical"
      requiredMark={false}
      initialValues={{ name: tag.name, colour: tag.colour, note: tag.note ?? '' }}
      onFinish={(values) => save.mutate(values)}
    >
      <ConflictNote error={save.error} onLoad={onLoad} />
      <Form.Item
        name="name"
        label={t('tags.name')}
        rules={[{ required: true, whitespace: true, max: 40, message: t('tags.name_needed') }]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="colour" label={t('tags.colour')}>
        <Select
          options={tagColours.map((colour) => ({
            value: colour,
            label: <TagMark name={t(`tags.colour.${colour}`)} colour={colour} />,
          }))}
        />
      </Form.Item>
      <Form.Item name="note" label={t('tags.note_field')}>
        <Input.TextArea maxLength={300} autoSize={{ minRows: 2, maxRows: 5 }} />
      </Form.Item>
      <ErrorNote error={save.error ?? remove.error} />
      <p>
        <QuietButton disabled={remove.isPending} onClick={() => remove.mutate()}>
          {t('tags.remove')}
        </QuietButton>
      </p>
      <SaveBar saving={save.isPending} onCancel={() => void navigate({ to: back })} />
    </Form>
  )
}

function Merged({ tag, others }: { tag: Tag; others: readonly Tag[] }) {
  const t = useT()
  const queries = useQueryClient()
  const [other, setOther] = useState<number>()
  const changed = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: tags.query.key() }),
      queries.invalidateQueries({ queryKey: ['customers'] }),
    ])
  const merge = useMutation({
    mutationFn: (one: Pick<Tag, 'id' | 'name'>) => tags.call.merge({ id: tag.id, otherId: one.id }),
    onSuccess: (_tag, one) => {
      setOther(undefined)
      notify(t('tags.was_merged', { other: one.name, name: tag.name }), { undo: () => takeOut.mutate(one) })
    },
    onSettled: changed,
  })
  const takeOut = useMutation({
    mutationFn: (one: Pick<Tag, 'id' | 'name'>) => tags.call.takeOut({ id: tag.id, otherId: one.id }),
    onSuccess: (_tag, one) => notify(t('tags.was_taken_out', { other: one.name })),
    onSettled: changed,
  })
  return (
    <section className="panel" aria-labelledby="merged">
      <h2 id="merged">{t('tags.merged_into_this')}</h2>
      {tag.merged.map((one) => (
        <p key={one.id}>
          {one.name} <QuietButton onClick={() => takeOut.mutate(one)}>{t('tags.take_out')}</QuietButton>
        </p>
      ))}
      <p className="soft">{t('tags.merge_means')}</p>
      <div className="tag-give">
        <Select
          aria-label={t('tags.merge')}
          placeholder={t('tags.merge')}
          value={other}
          onChange={setOther}
          showSearch={{ optionFilterProp: 'text' }}
          options={others.map((one) => ({ value: one.id, text: one.name, label: <TagMark {...one} /> }))}
        />
        <Button
          disabled={other === undefined}
          loading={merge.isPending}
          onClick={() => merge.mutate(others.find((one) => one.id === other)!)}
        >
          {t('tags.merge_this')}
        </Button>
      </div>
      <ErrorNote error={merge.error ?? takeOut.error} />
    </section>
  )
}
