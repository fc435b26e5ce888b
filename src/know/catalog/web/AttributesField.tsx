import { Form, Input } from 'antd'
import { useT } from '#web/i18n.ts'
import { QuietButton } from '#web/kit/QuietButton.tsx'

/** Further facts of a product in the shop's own words: a name and a value each. */
export function AttributesField() {
  const t = useT()
  return (
    <Form.List name="attributes">
      {(rows, { add, remove }) => (
        <fieldset className="plain">
          <legend>{t('catalog.attributes')}</legend>
          {rows.map(({ key, name }) => (
            <div key={key} className="attribute">
              <Form.Item name={[name, 'name']} rules={[{ max: 64 }]}>
                <Input aria-label={t('catalog.attribute_name')} placeholder={t('catalog.attribute_name')} />
              </Form.Item>
              <Form.Item name={[name, 'value']} rules={[{ max: 500 }]}>
                <Input aria-label={t('catalog.attribute_value')} placeholder={t('catalog.attribute_value')} />
              </Form.Item>
              <QuietButton icon="close" aria-label={t('catalog.attribute_remove')} onClick={() => remove(name)} />
            </div>
          ))}
          {rows.length < 50 && (
            <QuietButton icon="add" onClick={() => add({ name: '', value: '' })}>
              {t('catalog.attribute_add')}
            </QuietButton>
          )}
        </fieldset>
      )}
    </Form.List>
  )
}
