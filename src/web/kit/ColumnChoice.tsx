import { Checkbox } from 'antd'
import { useT } from '../i18n.ts'
import { Bubble } from './bubble.tsx'
import type { Column } from './column.ts'
import { Icon } from './icon.tsx'

/** Which columns a ledger shows, kept for the next time on this device. */
export function ColumnChoice<Row>(props: {
  columns: readonly Column<Row>[]
  shown: readonly string[]
  onChoose: (keys: string[]) => void
}) {
  const { columns, shown, onChoose } = props
  const t = useT()
  const choices = columns.filter((column, index) => index > 0 && !column.always)
  if (choices.length === 0) return null
  return (
    <Bubble
      button={
        <>
          <Icon name="columns" size={18} />
          {t('web.columns')}
        </>
      }
    >
      <fieldset className="column-choice">
        <legend className="sr-only">{t('web.columns')}</legend>
        {choices.map(({ key, title }) => (
          <Checkbox
            key={key}
            checked={shown.includes(key)}
            onChange={(event) =>
              onChoose(event.target.checked ? [...shown, key] : shown.filter((other) => other !== key))
            }
          >
            {title}
          </Checkbox>
        ))}
      </fieldset>
    </Bubble>
  )
}
