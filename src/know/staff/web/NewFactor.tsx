import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input, QRCode } from 'antd'
import { useT } from '#web/i18n.ts'
import { ErrorOrProof } from '#web/kit/ErrorOrProof.tsx'
import { usePhone } from '#web/kit/phone.ts'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import type { NewFactor as Begun } from '../contract.ts'
import { staff } from './staff-api.ts'

type Props = { begun: Begun; onOn: (recoveryCodes: string[]) => void; onCancel?: () => void }

/** The secret for the app, as a picture and as text, and the first code, which turns it on. */
export function NewFactor({ begun, onOn, onCancel }: Props) {
  const t = useT()
  const phone = usePhone()
  const [form] = Form.useForm<{ code: string }>()
  const confirm = useMutation({
    ...staff.query.confirmFactor.mutationOptions(),
    retry: false,
    onSuccess: ({ recoveryCodes }) => onOn(recoveryCodes),
    onError: () => form.resetFields(),
  })
  return (
    <Form<{ code: string }>
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={({ code }) => confirm.mutate({ code })}
      onValuesChange={({ code = '' }) => /^\d{6}$/.test(code) && form.submit()}
    >
      <p>{t('staff.factor_scan')}</p>
      <div className="factor-app">
        <div className="qr" role="img" aria-label={t('staff.factor_qr')}>
          <div aria-hidden="true">
            <QRCode
              value={begun.address}
              type="svg"
              errorLevel="L"
              size={184}
              bordered={false}
              color="#000"
              bgColor="#fff"
            />
          </div>
        </div>
        <div>
          <p className="soft">{t('staff.factor_type')}</p>
          <p className="factor-secret" data-testid="factor-secret">
            {begun.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}
          </p>
          {/* A phone cannot scan its own screen. */}
          {phone && (
            <p>
              <a href={begun.address}>{t('staff.factor_open')}</a>
            </p>
          )}
        </div>
      </div>
      <Form.Item
        name="code"
        label={t('staff.code')}
        extra={t('staff.factor_first_code')}
        rules={[{ required: true, min: 6, message: t('staff.code_needed') }]}
        validateTrigger="onSubmit"
      >
        <Input
          className="code-input"
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={7}
          disabled={confirm.isPending}
        />
      </Form.Item>
      <ErrorOrProof of={[confirm]} />
      <div className="factor-acts">
        <Button type="primary" htmlType="submit" loading={confirm.isPending}>
          {t('staff.factor_turn_on')}
        </Button>
        {onCancel && <QuietButton onClick={onCancel}>{t('web.cancel')}</QuietButton>}
      </div>
    </Form>
  )
}
