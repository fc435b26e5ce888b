import { useLocale } from '#web/i18n.ts'
import { quantityText } from '#web/kit/formats.ts'
import { Absent } from '#web/kit/values.tsx'

/** How many, with as many decimals as there are, at most 3. */
export function Quantity({ value }: { value: number | null }) {
  const locale = useLocale()
  if (value === null) return <Absent />
  return <span className="number">{quantityText(locale, value)}</span>
}
