import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useLocale, useT } from '#web/i18n.ts'
import { CurrencyField } from '#web/kit/CurrencyField.tsx'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { useProblemPlaces } from '#web/kit/fields.ts'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { Waiting } from '#web/kit/Waiting.tsx'
import { ZoneField } from '#web/kit/ZoneField.tsx'
import { type Merchant, sessionQuery } from '#web/session.ts'
import { useEnter } from './enter.ts'
import { useFragmentToken } from './fragment-token.ts'
import { guessPlace } from './guesses.ts'
import { PasswordField } from './PasswordField.tsx'
import { staff } from './staff-api.ts'
import './staff.css'

/** The first page of an installation: makes the owner's account and the shop. */
export function SetUpPage() {
  const t = useT()
  const token = useFragmentToken()
  const session = useQuery(sessionQuery)
  if (!session.data) return session.error ? <ErrorNote error={session.error} /> : <Waiting />
  if (session.data.setUp) {
    return (
      <PageFrame title={t('staff.set_up')} narrow>
        <EmptyState title={t('staff.already_set_up')} action={<Link to="/sign-in">{t('staff.to_sign_in')}</Link>} />
      </PageFrame>
    )
  }
  return (
    <PageFrame title={t('staff.set_up')} subtitle={t('staff.set_up_means')} narrow>
      {token ? (
        <SetUpForm token={token} merchant={session.data.merchant} />
      ) : (
        <EmptyState title={t('staff.set_up_no_token')} example="http://127.0.0.1:7300/setup#token=…">
          {t('staff.set_up_no_token_means')}
        </EmptyState>
      )}
    </PageFrame>
  )
}

type Values = {
  owner: { name: string; email: string; password: string }
  merchant: { name: string; zone: string; currency: string }
}

function SetUpForm({ token, merchant }: { token: string; merchant?: Merchant }) {
  const t = useT()
  const locale = useLocale()
  const enter = useEnter()
  const [form] = Form.useForm<Values>()
  const [guess] = useState(() => guessPlace(navigator.language))
  const setUp = useMutation({
    ...staff.query.setUp.mutationOptions(),
    retry: false,
    onSuccess: (begun) => enter(begun),
  })
  useProblemPlaces(form, setUp.error)
  const needed = (message: string) => [{ required: true, whitespace: true, message }]

  return (
    <Form<Values>
      form={form}
      className="entrance"
      layout="vertical"
      requiredMark={false}
      initialValues={{ merchant: merchant ?? guess }}
      onFinish={({ owner, merchant }) =>
        setUp.mutate({
          token,
          owner: { ...owner, locale },
          merchant: { ...merchant, locale },
          shop: { name: merchant.name },
        })
      }
      scrollToFirstError
    >
      <h2>{t('staff.set_up_shop')}</h2>
      <Form.Item name={['merchant', 'name']} label={t('staff.shop_name')} rules={needed(t('staff.shop_name_needed'))}>
        <Input autoComplete="organization" maxLength={80} autoFocus />
      </Form.Item>
      <Form.Item name={['merchant', 'zone']} label={t('staff.zone')} extra={t('staff.zone_hint')}>
        <ZoneField />
      </Form.Item>
      <Form.Item name={['merchant', 'currency']} label={t('staff.currency')} extra={t('staff.currency_hint')}>
        <CurrencyField />
      </Form.Item>
      <h2>{t('staff.set_up_owner')}</h2>
      <Form.Item name={['owner', 'name']} label={t('staff.name')} rules={needed(t('staff.name_needed'))}>
        <Input autoComplete="name" maxLength={60} />
      </Form.Item>
      <Form.Item
        name={['owner', 'email']}
        label={t('staff.email')}
        extra={t('staff.email_hint')}
        rules={[{ required: true, type: 'email', message: t('staff.email_needed') }]}
        validateTrigger="onBlur"
      >
        <Input type="email" autoComplete="username" autoCapitalize="none" />
      </Form.Item>
      <PasswordField name={['owner', 'password']} label={t('staff.password')} />
      <ErrorNote error={setUp.error} />
      <Button type="primary" htmlType="submit" block loading={setUp.isPending}>
        {t('staff.set_up_do')}
      </Button>
    </Form>
  )
}
