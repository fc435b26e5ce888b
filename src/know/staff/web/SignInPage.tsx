import { useMutation, useQuery } from '@tanstack/react-query'
import { Navigate, useSearch } from '@tanstack/react-router'
import { Button, Form, Input } from 'antd'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { sessionQuery } from '#web/session.ts'
import { useEnter } from './enter.ts'
import { SecondStep } from './SecondStep.tsx'
import { staff } from './staff-api.ts'
import './staff.css'

/** Signs a member of staff in. */
export function SignInPage() {
  const t = useT()
  const enter = useEnter()
  const { to } = useSearch({ strict: false }) as { to?: string }
  const session = useQuery(sessionQuery)
  const signIn = useMutation({
    ...staff.query.signIn.mutationOptions(),
    retry: false,
    onSuccess: (begun) => !begun.secondStep && enter(begun, to),
  })
  if (session.data && !session.data.setUp) return <Navigate to="/setup" />

  if (signIn.data?.secondStep) {
    const { token } = signIn.data.secondStep
    return <SecondStep token={token} onEntered={(begun) => enter(begun, to)} onAgain={signIn.reset} />
  }
  return (
    <PageFrame title={t('staff.sign_in')} subtitle={session.data?.merchant?.name} narrow>
      <Form<{ email: string; password: string }>
        className="entrance"
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => signIn.mutate(values)}
      >
        <Form.Item
          name="email"
          label={t('staff.email')}
          rules={[
            {
              required: true,
              type: 'email',
              transform: (value: string) => value?.trim(),
              message: t('staff.email_needed'),
            },
          ]}
          validateTrigger="onSubmit"
        >
          <Input type="email" autoComplete="username" autoCapitalize="none" autoFocus />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('staff.password')}
          rules={[{ required: true, message: t('staff.password_needed') }]}
          validateTrigger="onSubmit"
        >
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <ErrorNote error={signIn.error} />
        <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
          {t('staff.sign_in')}
        </Button>
        <p className="soft">{t('staff.forgot')}</p>
      </Form>
    </PageFrame>
  )
}
