import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { useProblemPlaces } from '#web/kit/fields.ts'
import { notify } from '#web/kit/notice.tsx'
import { useSession } from '#web/session.ts'
import { PasswordField } from './PasswordField.tsx'
import { staff } from './staff-api.ts'

type Values = { current: string; password: string }

/** Changes one's own password by the present one. */
export function PasswordForm() {
  const t = useT()
  const me = useSession().staff
  const queries = useQueryClient()
  const [form] = Form.useForm<Values>()
  const change = useMutation({
    ...staff.query.changePassword.mutationOptions(),
    retry: false,
    onSuccess() {
      form.resetFields()
      notify(t('staff.password_was_changed'))
      return queries.invalidateQueries({ queryKey: staff.query.sessions.key() })
    },
  })
  useProblemPlaces(form, change.error)
  return (
    <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={(values) => change.mutate(values)}>
      <input type="email" autoComplete="username" value={me.email} readOnly hidden />
      <Form.Item
        name="current"
        label={t('staff.current_password')}
        rules={[{ required: true, message: t('staff.password_needed') }]}
      >
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <PasswordField name="password" label={t('staff.new_password')} />
      <ErrorNote error={change.error} />
      <Button htmlType="submit" loading={change.isPending}>
        {t('staff.change_password')}
      </Button>
      <p className="soft">{t('staff.change_password_means')}</p>
    </Form>
  )
}
