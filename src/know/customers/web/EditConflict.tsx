import { Button } from 'antd'
import { useT } from '#web/i18n.ts'
import { Icon } from '#web/kit/icon.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import type { CustomerEdits } from './customer-edits.ts'
import { differences } from './differences.ts'
import { useFieldWords } from './field-words.ts'

/** Somebody else changed the customer meanwhile: what they changed, and the choice to save over it or to leave it. */
export function EditConflict(props: {
  conflict: NonNullable<CustomerEdits['conflict']>
  onSaveMine: () => void
  onKeepTheirs: () => void
}) {
  const t = useT()
  const words = useFieldWords()
  const changed = differences(props.conflict.before, props.conflict.now)
  return (
    <div className="note" role="alert">
      <Icon name="warning" />
      <div>
        <p>{t('web.conflict')}</p>
        <ul>
          {changed.map(({ field, before, now, by }) => (
            <li key={field}>
              {words.label(field)}: <del>{words.text(field, before)}</del> → {words.text(field, now)}
              {by && <span className="soft"> · {by}</span>}
            </li>
          ))}
        </ul>
        <div className="note-actions">
          <Button onClick={props.onSaveMine}>{t('customers.save_mine')}</Button>
          <QuietButton onClick={props.onKeepTheirs}>{t('customers.keep_theirs')}</QuietButton>
        </div>
      </div>
    </div>
  )
}
