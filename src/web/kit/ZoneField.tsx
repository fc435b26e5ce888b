import { Select } from 'antd'
import { useMemo } from 'react'
import { useLocale } from '../i18n.ts'
import { browserNow } from './minute.ts'

/** Chooses a time zone (IANA name), with how far it is from UTC now. In a form: value and onChange come from its item. */
export function ZoneField(props: {
  id?: string
  value?: string
  onChange?: (zone: string) => void
  disabled?: boolean
}) {
  const locale = useLocale()
  const { value } = props
  const options = useMemo(() => {
    const known = Intl.supportedValuesOf('timeZone')
    const zones = value && !known.includes(value) ? [value, ...known] : known
    return zones.map((zone) => ({ value: zone, label: `${zone.replaceAll('_', ' ')} · ${offsetOf(zone, locale)}` }))
  }, [locale, value])
  return <Select {...props} showSearch={{ optionFilterProp: 'label' }} options={options} />
}

function offsetOf(zone: string, locale: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(
    browserNow(),
  )
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? ''
}
