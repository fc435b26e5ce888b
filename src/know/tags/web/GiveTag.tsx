import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { DayField } from '#web/kit/DayField.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { TagMark } from './TagMark.tsx'
import type { useTagChanges } from './use-tag-changes.ts'
import { useTags } from './use-tags.ts'

const newOne = 'new'

/** Gives a tag: one of the shop's or a new one, with why and until when where that matters. */
export function GiveTag(props: {
  changes: ReturnType<typeof useTagChanges>
  held: readonly number[]
  onDone: () => void
}) {
  const t = useT()
  const { all } = useTags()
  const [words, setWords] = useState('')
  const [picked, setPicked] = useState<number | typeof newOne>()
  const [name, setName] = useState('')
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState<string>()
  const { give, make } = props.changes
  const typed = words.trim()
  const known = all.some((tag) => tag.name.toLowerCase() === typed.toLowerCase())
  const options = [
    ...all
      .filter((tag) => !props.held.includes(tag.id))
      .map((tag) => ({ value: tag.id as number | typeof newOne, text: tag.name, label: <TagMark {...tag} /> })),
    ...(typed && !known && typed.length <= 40
      ? [{ value: newOne as number | typeof newOne, text: typed, label: t('tags.make', { name: typed }) }]
      : []),
  ]
  async function submit() {
    const tag = picked === newOne ? await make.mutateAsync(name) : all.find((one) => one.id === picked)
    if (!tag) return
    await give.mutateAsync({
      tagId: tag.id,
      name: tag.name,
      ...(reason.trim() ? { reason: reason.trim() } : {}),
      ...(until ? { until } : {}),
    })
    props.onDone()
  }
  return (
    <form
      className="tag-give"
      onSubmit={(event) => {
        event.preventDefault()
        // What is refused is told by the panel.
        if (picked !== undefined) void submit().catch(() => undefined)
      }}
    >
      <Select
        autoFocus
        aria-label={t('tags.find')}
        placeholder={t('tags.find')}
        value={picked}
        onChange={(value) => {
          setPicked(value)
          if (value === newOne) setName(typed)
        }}
        showSearch={{
          optionFilterProp: 'text',
          onSearch: (text) => text && setWords(text),
        }}
        labelRender={({ label }) => (picked === newOne ? name : label)}
        options={options}
      />
      <Input
        aria-label={t('tags.reason')}
        placeholder={t('tags.reason')}
        value={reason}
        maxLength={300}
        onChange={(event) => setReason(event.target.value)}
      />
      <DayField label={t('tags.until')} value={until} onChange={setUntil} />
      <Button
        type="primary"
        htmlType="submit"
        disabled={picked === undefined}
        loading={give.isPending || make.isPending}
      >
        {t('tags.give')}
      </Button>
      <QuietButton onClick={props.onDone}>{t('web.cancel')}</QuietButton>
    </form>
  )
}
