import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { OwnField } from '#know/fields/contract.ts'
import { OwnInput } from '#know/fields/web/people.ts'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Icon } from '#web/kit/icon.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { Absent } from '#web/kit/values.tsx'
import { type AnyField, type CustomerPage, type FieldKey, fieldOf } from '../contract.ts'
import { useCustomerEdits } from './customer-edits.ts'
import { customers } from './customers-api.ts'
import { EditConflict } from './EditConflict.tsx'
import { FieldInput } from './FieldInput.tsx'
import { useFieldWords } from './field-words.ts'
import { useFieldMark } from './panels.ts'
import { RevealButton } from './reveals.tsx'
import { ValueSources } from './ValueSources.tsx'

/** One field of a customer: what is shown and why, edited in place. Emptying removes what is shown; another source's then shows. */
export function FieldLine({ customer, field, mayEdit }: { customer: CustomerPage; field: AnyField; mayEdit: boolean }) {
  const t = useT()
  const edits = useCustomerEdits(customer.id)
  // The customer as it stood when the editing began: a version that came meanwhile must not be overwritten unseen.
  const [editing, setEditing] = useState<{ seen: CustomerPage; draft: unknown }>()
  const left = useRef(false)
  const said = customer.values.filter((one) => one.field === field)
  const shown = said[0]
  const words = useFieldWords()
  const Mark = useFieldMark()
  const label = words.label(field)
  const own = words.own.find((one) => one.key === field)

  function leave() {
    setEditing(undefined)
    edits.forget()
    left.current = true
  }

  // The keyboard goes on where it was, once the button is there again.
  useEffect(() => {
    if (editing || !left.current) return
    left.current = false
    document.getElementById(`edit-${field}`)?.focus()
  }, [editing, field])

  async function save(seen: CustomerPage, draft: unknown) {
    const now = seen.values.find((one) => one.field === field)
    const done = t('customers.saved_field', { field: label })
    const ok =
      draft === undefined && now
        ? await edits.make((context) => remove(now.profileId, context), seen, done)
        : await edits.make((context) => say(draft, context), seen, done)
    if (ok) leave()
  }

  const say = async (draft: unknown, context: { ifMatch: number }) =>
    (await customers.call.edit({ id: customer.id, values: { [field]: draft ?? null } }, { context })) as CustomerPage
  const remove = async (profileId: number, context: { ifMatch: number }) =>
    (await customers.call.removeValue({ id: customer.id, profileId, field }, { context })) as CustomerPage

  if (editing) {
    return (
      <form
        className="field-edit"
        onSubmit={(event) => {
          event.preventDefault()
          void save(editing.seen, editing.draft)
        }}
        onKeyDown={(event) => {
          // An input method that composes Chinese uses Esc itself.
          if (event.key === 'Escape' && !event.nativeEvent.isComposing) leave()
        }}
      >
        {own ? (
          <OwnInput
            field={own}
            id={`field-${field}`}
            value={editing.draft}
            onChange={(draft) => setEditing({ ...editing, draft })}
            autoFocus
          />
        ) : (
          <FieldInput
            field={field as FieldKey}
            id={`field-${field}`}
            label={label}
            value={editing.draft}
            onChange={(draft) => setEditing({ ...editing, draft })}
            autoFocus
          />
        )}
        <div className="note-actions">
          <Button type="primary" htmlType="submit" loading={edits.saving}>
            {t('web.save')}
          </Button>
          <QuietButton onClick={leave}>{t('web.cancel')}</QuietButton>
        </div>
        <ErrorNote error={edits.error} />
        {edits.conflict && (
          <EditConflict
            conflict={edits.conflict}
            onSaveMine={() => void save(edits.conflict!.now, editing.draft)}
            onKeepTheirs={leave}
          />
        )}
      </form>
    )
  }
  return (
    <span className="field-line">
      <span className={!own && fieldOf(field as FieldKey).input === 'lines' ? 'said lines' : 'said'}>
        {shown ? <Said field={own} text={words.text(field, shown.value)} masked={shown.masked} /> : <Absent />}
      </span>
      {shown?.masked && <RevealButton field={field} />}
      {shown && Mark && <Mark id={customer.id} field={field} />}
      <ValueSources
        values={said}
        onRemove={
          mayEdit
            ? (value) =>
                void edits.make(
                  (context) => remove(value.profileId, context),
                  customer,
                  t('customers.removed_value', { field: label }),
                )
            : undefined
        }
      />
      {mayEdit && (
        <button
          type="button"
          id={`edit-${field}`}
          className="field-edit-button"
          aria-label={t('customers.edit_field', { field: label })}
          onClick={() => setEditing({ seen: customer, draft: shown?.masked ? undefined : shown?.value })}
        >
          <Icon name="edit" size={16} />
        </button>
      )}
      <ErrorNote error={edits.error} />
    </span>
  )
}

/** A value in words; a link leads there. */
function Said({ field, text, masked }: { field: OwnField | undefined; text: string; masked: boolean | undefined }) {
  if (field?.kind !== 'link' || masked || !/^https?:/.test(text)) return <>{text}</>
  return (
    <a href={text} target="_blank" rel="noreferrer noopener">
      {text}
    </a>
  )
}
