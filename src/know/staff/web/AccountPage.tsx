import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Form, Input } from 'antd'
import { useState } from 'react'
import { changeLocale, useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { useProblemPlaces } from '#web/kit/fields.ts'
import { LanguageField } from '#web/kit/LanguageField.tsx'
import { LinkButton } from '#web/kit/LinkButton.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { SaveBar } from '#web/kit/SaveBar.tsx'
import { type Locale, sessionQuery, useSession } from '#web/session.ts'
import { Devices } from './Devices.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { staff } from './staff-api.ts'
import './staff.css'

/** What is one's own: name, language, password, and where one is signed in. */
export function AccountPage() {
  const t = useT()
  return (
    <PageFrame title={t('staff.account')} back={{ to: '/settings', label: t('web.nav.settings') }} narrow>
      <Person />
      <section className="panel">
        <h2>{t('staff.password')}</h2>
        <PasswordForm />
      </section>
      <section className="panel">
        <h2>{t('staff.factor')}</h2>
        <FactorLine />
      </section>
      <section className="panel">
        <h2>{t('staff.devices')}</h2>
        <Devices />
      </section>
    </PageFrame>
  )
}

function FactorLine() {
  const t = useT()
  const on = useSession().staff.secondFactor
  return (
    <>
      <p className={on ? 'factor-line' : 'factor-line soft'}>{t(on ? 'staff.factor_on' : 'staff.factor_means')}</p>
      <LinkButton to="/settings/account/two-factor" quiet>
        {t(on ? 'staff.factor_manage' : 'staff.factor_set_up')}
      </LinkButton>
    </>
  )
}

function Person() {
  const t = useT()
  const me = useSession().staff
  const queries = useQueryClient()
  const [form] = Form.useForm<{ name: string; locale: Locale }>()
  const [changed, setChanged] = useState(false)
  const edit = useMutation({
    ...staff.query.editMe.mutationOptions(),
    async onSuccess(session) {
      queries.setQueryData(sessionQuery.queryKey, session)
      setChanged(false)
      if (session.staff) await changeLocale(session.staff.locale)
      notify(t('staff.was_saved'))
    },
  })
  useProblemPlaces(form, edit.error)
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={me}
      onValuesChange={() => setChanged(true)}
      onFinish={(values) => edit.mutate(values)}
    >
      <Form.Item label={t('staff.email')}>
        <span>{me.email}</span>
      </Form.Item>
      <Form.Item
        name="name"
        label={t('staff.name')}
        rules={[{ required: true, whitespace: true, max: 60, message: t('staff.name_needed') }]}
      >
        <Input autoComplete="name" />
      </Form.Item>
      <Form.Item name="locale" label={t('web.language')}>
        <LanguageField />
      </Form.Item>
      <ErrorNote error={edit.error} />
      <SaveBar saving={edit.isPending} changed={changed} />
    </Form>
  )
}
