import { Button, Input } from 'antd'
import { useState } from 'react'
import { PersonPicker } from '#know/customers/web/people.ts'
import { useT } from '#web/i18n.ts'
import { Choices } from '#web/kit/Choices.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { type RelationKind, relationKinds } from '../contract.ts'

export type Said = { otherId: number; kind: RelationKind; note?: string }

/** Who, and what that person is to the customer. `other`: whom a shared phone suggests. */
export function RelationForm(props: {
  id: number
  other: number | undefined
  busy: boolean
  onSay: (said: Said) => void
  onCancel: () => void
}) {
  const t = useT()
  const [other, setOther] = useState(props.other)
  const [kind, setKind] = useState<RelationKind>(props.other === undefined ? 'spouse' : 'household')
  const [note, setNote] = useState('')
  return (
    <form
      className="relation-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (other !== undefined) props.onSay({ otherId: other, kind, note: note.trim() || undefined })
      }}
    >
      <PersonPicker label={t('relations.who')} id={other} but={props.id} onPick={setOther} />
      <Choices
        wraps
        label={t('relations.is')}
        value={kind}
        options={relationKinds.map((one) => ({ value: one, label: t(`relations.kind.${one}`) }))}
        onPick={setKind}
      />
      <Input
        aria-label={t('relations.note')}
        placeholder={t('relations.note')}
        value={note}
        maxLength={200}
        onChange={(event) => setNote(event.target.value)}
      />
      <div className="note-actions">
        <Button type="primary" htmlType="submit" loading={props.busy} disabled={other === undefined}>
          {t('web.save')}
        </Button>
        <QuietButton onClick={props.onCancel}>{t('web.cancel')}</QuietButton>
      </div>
    </form>
  )
}
