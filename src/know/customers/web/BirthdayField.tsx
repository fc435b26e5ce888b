import { Checkbox, InputNumber, Segmented, Select } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { type Birthday, birthdayObjection, birthYears } from '../contract.ts'

type Draft = Partial<Birthday> & Pick<Birthday, 'calendar'>

const months = Array.from({ length: 12 }, (_, at) => at + 1)

/**
 * A birthday by the sun's or the moon's calendar. Nothing is said until month and day are there; a day that the calendar does
 * not have is told at once.
 */
export function BirthdayField(props: {
  id?: string
  label?: string
  value?: Birthday
  onChange?: (birthday: Birthday | undefined) => void
}) {
  const t = useT()
  const [draft, setDraft] = useState<Draft>(props.value ?? { calendar: 'solar' })
  const lunar = draft.calendar === 'lunar'
  const whole = draft.month && draft.day ? (draft as Birthday) : undefined
  const objection = whole && birthdayObjection(whole)

  function change(part: Partial<Draft>) {
    const next: Draft = { ...draft, ...part }
    if (next.calendar === 'solar') delete next.leap
    setDraft(next)
    props.onChange?.(next.month && next.day ? (next as Birthday) : undefined)
  }

  return (
    <fieldset
      className="birthday"
      aria-label={props.label}
      aria-describedby={objection ? `${props.id}-wrong` : undefined}
    >
      <Segmented<Birthday['calendar']>
        value={draft.calendar}
        onChange={(calendar) => change({ calendar })}
        options={(['solar', 'lunar'] as const).map((value) => ({ value, label: t(`customers.calendar.${value}`) }))}
      />
      <InputNumber
        id={props.id}
        aria-label={t('customers.birth_year')}
        placeholder={t('customers.birth_year')}
        min={birthYears.first}
        max={birthYears.last}
        precision={0}
        controls={false}
        value={draft.year ?? null}
        onChange={(year) => change({ year: year ?? undefined })}
      />
      <Select
        aria-label={t('customers.birth_month')}
        placeholder={t('customers.birth_month')}
        value={draft.month}
        onChange={(month?: number) => change({ month })}
        options={months.map((month) => ({ value: month, label: monthText(t, lunar, month) }))}
        allowClear
      />
      <Select
        aria-label={t('customers.birth_day')}
        placeholder={t('customers.birth_day')}
        value={draft.day}
        onChange={(day?: number) => change({ day })}
        options={Array.from({ length: lunar ? 30 : 31 }, (_, at) => at + 1).map((day) => ({
          value: day,
          label: lunar ? t('customers.birthday.lunar_day', { day }) : t('customers.day_number', { day }),
        }))}
        allowClear
      />
      {lunar && (
        <Checkbox
          checked={draft.leap ?? false}
          onChange={(event) => change({ leap: event.target.checked || undefined })}
        >
          {t('customers.leap_month')}
        </Checkbox>
      )}
      {objection && (
        <p id={`${props.id}-wrong`} className="wrong" role="alert">
          {t(`customers.${objection}`)}
        </p>
      )}
    </fieldset>
  )
}

function monthText(t: ReturnType<typeof useT>, lunar: boolean, month: number): string {
  return lunar ? t('customers.birthday.lunar_month', { month }) : t('customers.month_number', { month })
}
