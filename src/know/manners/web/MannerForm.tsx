import { useMutation } from '@tanstack/react-query'
import { Button, Checkbox, Input, Select, TimePicker } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useColleagues } from '#know/staff/web/people.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { Choices } from '#web/kit/Choices.tsx'
import { DayField } from '#web/kit/DayField.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { type GivenManner, type MannerRule, mannerRules, type Way, ways } from '../contract.ts'
import { weekdayName } from './manner-words.ts'

const week = [1, 2, 3, 4, 5, 6, 7]

/** How a person wants to be met: the kind first, then what that kind needs. `save` says it of whom it is about. */
export function MannerForm(props: {
  save: (given: GivenManner) => Promise<unknown>
  onDone: () => void
  /** What stands on the button; to save unless told. */
  label?: string
}) {
  const { save, onDone } = props
  const t = useT()
  const locale = useLocale()
  const { all } = useColleagues()
  const [rule, setRule] = useState<MannerRule>('never')
  const [channel, setChannel] = useState<Way>()
  const [from, setFrom] = useState<number>()
  const [to, setTo] = useState<number>()
  const [weekdays, setWeekdays] = useState<number[]>([])
  const [askId, setAskId] = useState<number>()
  const [words, setWords] = useState('')
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState<string>()
  const add = useMutation({
    mutationFn: () =>
      save({
        rule,
        channel: channel ?? null,
        fromMinute: from ?? null,
        toMinute: to ?? null,
        weekdays: weekdays.length > 0 && weekdays.length < 7 ? weekdays : null,
        askId: askId ?? null,
        words: words.trim() || null,
        reason: reason.trim() || null,
        until: until ?? null,
      }),
    onSuccess: onDone,
  })
  return (
    <form
      className="manner-form"
      onSubmit={(event) => {
        event.preventDefault()
        add.mutate()
      }}
    >
      <Choices
        wraps
        label={t('manners.rule')}
        value={rule}
        options={mannerRules.map((one) => ({ value: one, label: t(`manners.rule.${one}`) }))}
        onPick={setRule}
      />
      {rule === 'mind' ? (
        <Input
          aria-label={t('manners.words')}
          placeholder={t('manners.words')}
          value={words}
          maxLength={300}
          onChange={(event) => setWords(event.target.value)}
        />
      ) : (
        <Select
          aria-label={t('manners.way')}
          allowClear
          placeholder={t('manners.any_way')}
          value={channel}
          onChange={setChannel}
          options={ways.map((way) => ({ value: way, label: t(`manners.way.${way}`) }))}
        />
      )}
      {rule === 'only' && (
        <>
          <div className="manner-times">
            <Time label={t('manners.from')} value={from} onChange={setFrom} />
            <Time label={t('manners.to')} value={to} onChange={setTo} />
          </div>
          <Checkbox.Group
            aria-label={t('manners.weekdays')}
            value={weekdays}
            onChange={(days) => setWeekdays((days as number[]).sort())}
            options={week.map((day) => ({ value: day, label: weekdayName(locale, day) }))}
          />
        </>
      )}
      {rule === 'ask' && (
        <Select
          aria-label={t('manners.ask')}
          placeholder={t('manners.ask')}
          value={askId}
          onChange={setAskId}
          showSearch={{ optionFilterProp: 'label' }}
          options={all.filter((one) => one.active).map((one) => ({ value: one.id, label: one.name }))}
        />
      )}
      <Input
        aria-label={t('manners.reason')}
        placeholder={t('manners.reason')}
        value={reason}
        maxLength={300}
        onChange={(event) => setReason(event.target.value)}
      />
      <DayField label={t('manners.until')} value={until} onChange={setUntil} />
      <ErrorNote error={add.error} />
      <div className="note-actions">
        <Button type="primary" htmlType="submit" loading={add.isPending}>
          {props.label ?? t('web.save')}
        </Button>
        <QuietButton onClick={onDone}>{t('web.cancel')}</QuietButton>
      </div>
    </form>
  )
}

function Time(props: { label: string; value: number | undefined; onChange: (minute: number | undefined) => void }) {
  return (
    <TimePicker
      aria-label={props.label}
      placeholder={props.label}
      format="HH:mm"
      minuteStep={15}
      needConfirm={false}
      value={
        props.value === undefined
          ? null
          : dayjs('2024-01-01')
              .hour(Math.floor(props.value / 60))
              .minute(props.value % 60)
      }
      onChange={(time) => props.onChange(time ? time.hour() * 60 + time.minute() : undefined)}
    />
  )
}
