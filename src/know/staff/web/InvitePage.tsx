import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Form, Input } from 'antd'
import { useT } from '#web/i18n.ts'
import { ErrorOrProof } from '#web/kit/ErrorOrProof.tsx'
import { useProblemPlaces } from '#web/kit/fields.ts'
import { LinkButton } from '#web/kit/LinkButton.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { SaveBar } from '#web/kit/SaveBar.tsx'
import type { Role } from '../contract.ts'
import { HandOver } from './HandOver.tsx'
import { RoleField } from './RoleField.tsx'
import { SeesFields, type SeesValues, scopeOf } from './SeesFields.tsx'
import { staff } from './staff-api.ts'
import './staff.css'

type Values = { name: string; email: string; role: Role } & SeesValues

/** Invites a person by a link to hand over. */
export function InvitePage() {
  const t = useT()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [form] = Form.useForm<Values>()
  const role = Form.useWatch('role', form)
  const invite = useMutation({
    ...staff.query.invite.mutationOptions(),
    onSuccess: () => queries.invalidateQueries({ queryKey: staff.query.list.key() }),
  })
  useProblemPlaces(form, invite.error)

  return (
    <PageFrame title={t('staff.invite')} back={{ to: '/settings/staff', label: t('staff.title') }} narrow>
      {invite.data ? (
        <>
          <HandOver link={invite.data} name={invite.variables.name} />
          <LinkButton to="/settings/staff" quiet>
            {t('staff.hand_over_done')}
          </LinkButton>
        </>
      ) : (
        <Form<Values>
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{ role: 'assistant', sees: 'all' }}
          onFinish={({ sees, scope, ...values }) =>
            invite.mutate({ ...values, ...scopeOf(values.role, { sees, scope }) })
          }
        >
          <Form.Item
            name="name"
            label={t('staff.name')}
            rules={[{ required: true, whitespace: true, max: 60, message: t('staff.name_needed') }]}
          >
            <Input autoComplete="off" />
          </Form.Item>
          <Form.Item
            name="email"
            label={t('staff.email')}
            extra={t('staff.invite_email_hint')}
            rules={[{ required: true, type: 'email', message: t('staff.email_needed') }]}
            validateTrigger="onBlur"
          >
            <Input type="email" autoComplete="off" autoCapitalize="none" />
          </Form.Item>
          <Form.Item name="role" label={t('staff.role')}>
            <RoleField />
          </Form.Item>
          {role !== 'owner' && <SeesFields />}
          <ErrorOrProof of={[invite]} />
          <SaveBar
            saving={invite.isPending}
            label={t('staff.make_link')}
            onCancel={() => void navigate({ to: '/settings/staff' })}
          />
        </Form>
      )}
    </PageFrame>
  )
}
