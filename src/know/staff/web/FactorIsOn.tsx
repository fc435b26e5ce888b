import { type UseMutationResult, useMutation } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { ErrorOrProof } from '#web/kit/ErrorOrProof.tsx'
import { notify } from '#web/kit/notice.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { InstantText } from '#web/kit/values.tsx'
import type { MyFactor, NewFactor } from '../contract.ts'
import { staff } from './staff-api.ts'

type Props = {
  factor: MyFactor
  begin: UseMutationResult<NewFactor, unknown, Record<string, never>>
  onBegin: () => void
  onRenewed: (codes: readonly string[]) => void
  onOff: () => unknown
}

/** What can be done with a second factor that is on. */
export function FactorIsOn({ factor, begin, onBegin, onRenewed, onOff }: Props) {
  const t = useT()
  const [leaving, setLeaving] = useState(false)
  const renew = useMutation({
    ...staff.query.renewRecoveryCodes.mutationOptions(),
    retry: false,
    onSuccess: ({ recoveryCodes }) => onRenewed(recoveryCodes),
  })
  return (
    <>
      <p>
        <strong>{t('staff.factor_on')}</strong>{' '}
        <span className="soft">
          {t('staff.factor_since')} <InstantText at={factor.onSince} />
        </span>
      </p>
      <p className="soft">{t('staff.recovery_left', { count: factor.recoveryCodesLeft })}</p>
      <ErrorOrProof of={[renew, begin]} />
      <div className="factor-acts">
        <Button loading={renew.isPending} onClick={() => renew.mutate({})}>
          {t('staff.recovery_codes_renew')}
        </Button>
        <Button loading={begin.isPending} onClick={onBegin}>
          {t('staff.factor_other_phone')}
        </Button>
        {!factor.required && !leaving && (
          <QuietButton onClick={() => setLeaving(true)}>{t('staff.factor_turn_off')}</QuietButton>
        )}
      </div>
      {factor.required && <p className="soft">{t('staff.factor_required')}</p>}
      {leaving && <Leaving onOff={onOff} onStay={() => setLeaving(false)} />}
    </>
  )
}

function Leaving({ onOff, onStay }: { onOff: () => unknown; onStay: () => void }) {
  const t = useT()
  const off = useMutation({
    ...staff.query.turnOffFactor.mutationOptions(),
    retry: false,
    onSuccess() {
      notify(t('staff.factor_was_turned_off'))
      return onOff()
    },
  })
  return (
    <Form<{ password: string }>
      className="entrance"
      layout="vertical"
      requiredMark={false}
      onFinish={(values) => off.mutate(values)}
    >
      <Form.Item
        name="password"
        label={t('staff.password')}
        extra={t('staff.factor_off_means')}
        rules={[{ required: true, message: t('staff.password_needed') }]}
        validateTrigger="onSubmit"
      >
        <Input.Password autoComplete="current-password" autoFocus />
      </Form.Item>
      <ErrorNote error={off.error} />
      <div className="factor-acts">
        <Button htmlType="submit" loading={off.isPending}>
          {t('staff.factor_turn_off')}
        </Button>
        <QuietButton onClick={onStay}>{t('web.cancel')}</QuietButton>
      </div>
    </Form>
  )
}
