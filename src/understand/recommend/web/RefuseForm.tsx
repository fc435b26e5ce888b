import { Button, Input } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { Choices } from '#web/kit/Choices.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { type RefusalWhy, refusalWhys } from '../contract.ts'

/** Why a product is not for this customer: one tap, and words where there is more to say. */
export function RefuseForm(props: {
  busy: boolean
  onSay: (why: RefusalWhy, words: string | null) => void
  onCancel: () => void
}) {
  const t = useT()
  const [why, setWhy] = useState<RefusalWhy>('dislikes')
  const [words, setWords] = useState('')
  return (
    <form
      className="refuse-form"
      onSubmit={(event) => {
        event.preventDefault()
        props.onSay(why, words.trim() || null)
      }}
    >
      <Choices
        wraps
        label={t('recommend.why')}
        value={why}
        options={refusalWhys.map((one) => ({ value: one, label: t(`recommend.why.${one}`) }))}
        onPick={setWhy}
      />
      <Input
        aria-label={t('recommend.words')}
        placeholder={t('recommend.words')}
        value={words}
        maxLength={300}
        onChange={(event) => setWords(event.target.value)}
      />
      <div className="note-actions">
        <Button type="primary" htmlType="submit" loading={props.busy}>
          {t('recommend.refuse')}
        </Button>
        <QuietButton onClick={props.onCancel}>{t('web.cancel')}</QuietButton>
      </div>
    </form>
  )
}
