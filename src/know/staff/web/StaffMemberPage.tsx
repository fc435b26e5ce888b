import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Form } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ConflictNote } from '#web/kit/ConflictNote.tsx'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { ErrorOrProof } from '#web/kit/ErrorOrProof.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { SaveBar } from '#web/kit/SaveBar.tsx'
import { Panels } from '#web/panels.tsx'
import { useId } from '#web/place.ts'
import { problemOf } from '#web/problem-error.ts'
import { sessionQuery, useMay, useSession } from '#web/session.ts'
import type { Role, Staff } from '../contract.ts'
import { RoleField } from './RoleField.tsx'
import { SeesFields, type SeesValues, scopeOf, seesOf } from './SeesFields.tsx'
import { StaffAccess } from './StaffAccess.tsx'
import { staff } from './staff-api.ts'
import './staff.css'

/** One person: role, shops, a link for a new password, and the end of the work here. */
export function StaffMemberPage() {
  const t = useT()
  const id = useId()
  const list = useQuery(staff.query.list.queryOptions({ input: {}, refetchOnWindowFocus: false }))
  const person = list.data?.items.find((one) => one.id === id)
  return (
    <PageFrame
      title={person?.name ?? t('staff.person')}
      subtitle={person?.email}
      back={{ to: '/settings/staff', label: t('staff.title') }}
      narrow
    >
      <Loaded of={list}>
        {() =>
          person ? (
            <>
              <Editing key={person.id} person={person} onLoad={list.refetch} />
              <Panels slot="staff" id={person.id} />
              <StaffAccess person={person} />
            </>
          ) : (
            <EmptyState title={t('staff.unknown')} />
          )
        }
      </Loaded>
    </PageFrame>
  )
}

type Values = { role: Role } & SeesValues

function Editing({ person, onLoad }: { person: Staff; onLoad: () => Promise<unknown> }) {
  const t = useT()
  const may = useMay()
  const me = useSession().staff
  const queries = useQueryClient()
  const [form] = Form.useForm<Values>()
  const role = Form.useWatch('role', form) ?? person.role
  const [changed, setChanged] = useState(false)
  const edit = useMutation({
    ...staff.query.edit.mutationOptions({ context: { ifMatch: person.version } }),
    async onSuccess() {
      setChanged(false)
      notify(t('staff.was_saved'))
      await queries.invalidateQueries({ queryKey: staff.query.list.key() })
      if (person.id === me.id) await queries.invalidateQueries(sessionQuery)
    },
  })
  const locked = person.role === 'owner' && !may('staff.owners')
  const conflict = edit.error !== null && problemOf(edit.error).status === 412
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      disabled={locked}
      initialValues={{ role: person.role, ...seesOf(person) }}
      onValuesChange={() => setChanged(true)}
      onFinish={({ role, ...sees }) => edit.mutate({ id: person.id, role, ...scopeOf(role, sees) })}
    >
      <ConflictNote
        error={edit.error}
        onLoad={async () => {
          await onLoad()
          edit.reset()
        }}
      />
      <Form.Item name="role" label={t('staff.role')}>
        <RoleField disabled={locked} />
      </Form.Item>
      {role !== 'owner' && <SeesFields />}
      {!conflict && <ErrorOrProof of={[edit]} />}
      {locked ? (
        <p className="soft">{t('staff.owners_only')}</p>
      ) : (
        <SaveBar saving={edit.isPending} changed={changed} />
      )}
    </Form>
  )
}
