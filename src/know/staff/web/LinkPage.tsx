import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Form, Input } from 'antd'
import { useLocale, useT } from '#web/i18n.ts'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { useProblemPlaces } from '#web/kit/fields.ts'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { Waiting } from '#web/kit/Waiting.tsx'
import { useMerchant } from '#web/session.ts'
import { useEnter } from './enter.ts'
import { useFragmentToken } from './fragment-token.ts'
import { PasswordField } from './PasswordField.tsx'
import { SecondStep } from './SecondStep.tsx'
import { staff } from './staff-api.ts'
import './staff.css'

type Values = { name?: string; password: string }

/** Where an invite or a reset link leads: choose a password, and in. */
export function LinkPage() {
  const t = useT()
  const locale = useLocale()
  const merchant = useMerchant()
  const token = useFragmentToken()
  const enter = useEnter()
  const [form] = Form.useForm<Values>()
  const link = useQuery(
    staff.query.readLink.queryOptions({ input: { token }, enabled: token !== '', staleTime: Number.POSITIVE_INFINITY }),
  )
  const use = useMutation({
    ...staff.query.useLink.mutationOptions(),
    retry: false,
    onSuccess: (begun) => !begun.secondStep && enter(begun),
  })
  useProblemPlaces(form, use.error)

  if (use.data?.secondStep) {
    // The link is used up: who begins again signs in with the new password.
    const { token } = use.data.secondStep
    return <SecondStep token={token} onEntered={(begun) => enter(begun)} onAgain={() => location.assign('/sign-in')} />
  }
  if (!token || link.error) {
    return (
      <PageFrame title={t('staff.link')} narrow>
        {link.error ? (
          <ErrorNote error={link.error} />
        ) : (
          <EmptyState title={t('staff.link_missing')}>{t('staff.link_missing_means')}</EmptyState>
        )}
        <p className="entrance">
          <Link to="/sign-in">{t('staff.to_sign_in')}</Link>
        </p>
      </PageFrame>
    )
  }
  if (!link.data) return <Waiting />
  const { kind, name, email, role } = link.data
  const joining = kind === 'invite'
  return (
    <PageFrame
      title={joining ? t('staff.join_at', { merchant: merchant?.name ?? '' }) : t('staff.reset')}
      subtitle={role ? t('staff.join_as', { role: t(`staff.role.${role}`) }) : name}
      narrow
    >
      <Form<Values>
        form={form}
        className="entrance"
        layout="vertical"
        requiredMark={false}
        initialValues={{ name }}
        onFinish={(values) => use.mutate({ token, locale, ...values })}
      >
        {/* Password managers keep the password under this. */}
        <Form.Item label={t('staff.email')}>
          <Input type="email" autoComplete="username" value={email} readOnly aria-label={t('staff.email')} />
        </Form.Item>
        {joining && (
          <Form.Item
            name="name"
            label={t('staff.name')}
            rules={[{ required: true, whitespace: true, max: 60, message: t('staff.name_needed') }]}
          >
            <Input autoComplete="name" />
          </Form.Item>
        )}
        <PasswordField name="password" label={t(joining ? 'staff.password' : 'staff.new_password')} />
        <ErrorNote error={use.error} />
        <Button type="primary" htmlType="submit" block loading={use.isPending}>
          {t(joining ? 'staff.join' : 'staff.reset')}
        </Button>
        {!joining && <p className="soft">{t('staff.reset_means')}</p>}
      </Form>
    </PageFrame>
  )
}
