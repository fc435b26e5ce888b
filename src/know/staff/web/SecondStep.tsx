import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { problemOf } from '#web/problem-error.ts'
import type { Session } from '#web/session.ts'
import { staff } from './staff-api.ts'
import './staff.css'

type Props = { token: string; onEntered: (begun: Session) => void; onAgain: () => void }

/** The second step of a sign-in: the code of the authenticator app, or a recovery code. */
export function SecondStep({ token, onEntered, onAgain }: Props) {
  const t = useT()
  const [form] = Form.useForm<{ code: string }>()
  const [lost, setLost] = useState(false)
  const step = useMutation({
    ...staff.query.secondStep.mutationOptions(),
    retry: false,
    onSuccess(begun) {
      if (begun.recoveryCodesLeft !== undefined) notify(t('staff.recovery_left', { count: begun.recoveryCodesLeft }))
      onEntered(begun)
    },
    onError: () => form.resetFields(),
  })
  const over = step.error && problemOf(step.error).status === 410

  return (
    <PageFrame title={t('staff.second_step')} narrow>
      <Form<{ code: string }>
        form={form}
        className="entrance"
        layout="vertical"
        requiredMark={false}
        onFinish={({ code }) => step.mutate({ token, code })}
        // Six digits are the whole of it.
        onValuesChange={({ code = '' }) => !lost && /^\d{6}$/.test(code) && form.submit()}
      >
        <Form.Item
          key={String(lost)}
          name="code"
          label={t(lost ? 'staff.recovery_code' : 'staff.code')}
          extra={t(lost ? 'staff.recovery_code_hint' : 'staff.code_hint')}
          rules={[{ required: true, min: 6, message: t('staff.code_needed') }]}
          validateTrigger="onSubmit"
        >
          <Input
            className="code-input"
            autoComplete="one-time-code"
            autoCapitalize="none"
            inputMode={lost ? 'text' : 'numeric'}
            maxLength={lost ? 30 : 7}
            disabled={step.isPending}
            autoFocus
          />
        </Form.Item>
        <ErrorNote error={step.error} again={over ? onAgain : undefined} />
        <Button type="primary" htmlType="submit" block loading={step.isPending}>
          {t('staff.sign_in')}
        </Button>
        <p>
          <QuietButton
            onClick={() => {
              form.resetFields()
              setLost(!lost)
            }}
          >
            {t(lost ? 'staff.use_app' : 'staff.use_recovery_code')}
          </QuietButton>
        </p>
        {lost && <p className="soft">{t('staff.recovery_code_lost')}</p>}
      </Form>
    </PageFrame>
  )
}
