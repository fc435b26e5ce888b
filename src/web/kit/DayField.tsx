import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useT } from '../i18n.ts'

/**
 * A day as `YYYY-MM-DD`, for a form or a filter.
 * @example <Form.Item name="birthday" label={t('…')}><DayField /></Form.Item>
 */
export function DayField(props: {
  id?: string
  value?: string | null
  onChange?: (day: string | undefined) => void
  label?: string
  min?: string
  max?: string
}) {
  const t = useT()
  return (
    <DatePicker
      id={props.id}
      aria-label={props.label}
      placeholder={props.label ?? t('web.pick_day')}
      value={props.value ? dayjs(props.value) : null}
      onChange={(picked) => props.onChange?.(picked?.format('YYYY-MM-DD'))}
      minDate={props.min ? dayjs(props.min) : undefined}
      maxDate={props.max ? dayjs(props.max) : undefined}
    />
  )
}
