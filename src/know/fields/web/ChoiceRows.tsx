import { Form, Input } from 'antd'
import { useT } from '#web/i18n.ts'
import { QuietButton } from '#web/kit/QuietButton.tsx'

/** The choices of a field, one a line. */
export function ChoiceRows() {
  const t = useT()
  return (
    <Form.List name="choices">
      {(rows, { add, remove }) => (
        <fieldset className="choice-rows">
          <legend>{t('fields.choices')}</legend>
          {rows.map((row, at) => (
            <div key={row.key} className="note-actions">
              <Form.Item name={[row.name, 'id']} hidden noStyle>
                <Input type="hidden" />
              </Form.Item>
              <Form.Item name={[row.name, 'name']} noStyle>
                <Input aria-label={t('fields.choice', { number: at + 1 })} maxLength={80} autoComplete="off" />
              </Form.Item>
              <QuietButton
                icon="close"
                aria-label={t('fields.remove_choice', { number: at + 1 })}
                onClick={() => remove(row.name)}
              />
            </div>
          ))}
          <QuietButton icon="add" onClick={() => add({ name: '' })}>
            {t('fields.add_choice')}
          </QuietButton>
        </fieldset>
      )}
    </Form.List>
  )
}
