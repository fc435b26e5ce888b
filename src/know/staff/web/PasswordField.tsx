import { Form, Input } from 'antd'
import { useT } from '#web/i18n.ts'
import { longest, shortest } from '../contract.ts'

/** Asks for a new password. Shown on demand instead of typed twice; the server refuses common ones. */
export function PasswordField({ name, label }: { name: string | string[]; label: string }) {
  const t = useT()
  return (
    <Form.Item
      name={name}
      label={label}
      extra={t('staff.password_hint', { shortest })}
      rules={[
        {
          validator: async (_, value: string | undefined) => {
            const length = [...(value ?? '')].length
            if (length < shortest) throw new Error(t('staff.password_short', { shortest }))
            if (length > longest) throw new Error(t('staff.password_long', { longest }))
          },
        },
      ]}
      validateTrigger="onBlur"
    >
      <Input.Password autoComplete="new-password" />
    </Form.Item>
  )
}
