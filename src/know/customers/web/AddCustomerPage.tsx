import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Form, Input } from 'antd'
import { useEffect, useState } from 'react'
import { OwnInput, useOwnFields } from '#know/fields/web/people.ts'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { useProblemPlaces } from '#web/kit/fields.ts'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { SaveBar } from '#web/kit/SaveBar.tsx'
import { problemOf } from '#web/problem-error.ts'
import { type CustomerPage, fieldGroups, fieldKeys, fieldOf, type PersonInput } from '../contract.ts'
import { customers } from './customers-api.ts'
import { DuplicateNote } from './DuplicateNote.tsx'
import { FieldInput } from './FieldInput.tsx'
import { MoreLines } from './MoreLines.tsx'
import './customers.css'

type Draft = {
  values?: PersonInput['values']
  phones?: (string | undefined)[]
  emails?: (string | undefined)[]
  member?: string
}

/** Refusals that belong to one input, by code. */
const placed: Record<string, (string | number)[]> = {
  'customers.phone_impossible': ['phones', 0],
  'customers.email_impossible': ['emails', 0],
  'customers.member_impossible': ['member'],
  'customers.member_taken': ['member'],
  'customers.not_born': ['values', 'birthday'],
}

/** Adds a customer by hand. While one types, people who are probably the same are named. */
export function AddCustomerPage() {
  const t = useT()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [form] = Form.useForm<Draft>()
  const { all: own } = useOwnFields()
  const typed = useRested(Form.useWatch([], form) as Draft | undefined, 350)
  const add = useMutation({
    mutationFn: async (input: PersonInput & { anyway?: boolean }) => (await customers.call.add(input)) as CustomerPage,
    onSuccess(customer) {
      notify(t('customers.added'))
      queries.setQueryData(customers.query.get.queryKey({ input: { id: customer.id } }), customer as never)
      void navigate({ to: `/customers/${customer.id}` })
      return queries.invalidateQueries({ queryKey: customers.query.list.key() })
    },
  })
  const { code = '', title = '', params } = add.error ? problemOf(add.error) : {}
  useProblemPlaces(form, add.error, {
    no_such_day: 'customers.no_such_day',
    no_such_leap_month: 'customers.no_such_leap_month',
  })
  const place = code === 'customers.own_value' ? ['values', `own.${String(params?.field)}`] : placed[code]
  const at = place?.join(' ')
  useEffect(() => {
    const name = at?.split(' ').map((part) => (/^\d+$/.test(part) ? Number(part) : part))
    if (name) form.setFields([{ name: name as never, errors: [title] }])
  }, [at, title, form])

  return (
    <PageFrame title={t('customers.add')} back={{ to: '/customers', label: t('customers.title') }} narrow>
      <Form<Draft>
        form={form}
        layout="vertical"
        initialValues={{ phones: [''], emails: [''] }}
        onFinish={(draft) => add.mutate(personOf(draft))}
        scrollToFirstError
      >
        <Form.Item name={['values', 'name']} label={t('customers.field.name')}>
          <Input autoComplete="off" autoFocus />
        </Form.Item>
        <div className="person-pair">
          <MoreLines name="phones" label={t('customers.field.phone')} more={t('customers.another_phone')} mode="tel" />
          <MoreLines
            name="emails"
            label={t('customers.field.email')}
            more={t('customers.another_email')}
            mode="email"
          />
          <Form.Item name="member" label={t('customers.field.member')}>
            <Input autoComplete="off" />
          </Form.Item>
        </div>
        <DuplicateNote
          people={personOf(typed ?? {})}
          refused={
            code === 'customers.duplicate'
              ? { why: title, onAnyway: () => add.mutate({ ...personOf(form.getFieldsValue()), anyway: true }) }
              : undefined
          }
        />
        {fieldGroups.map((group) => (
          <section key={group} className="panel">
            <h2>{t(`customers.group.${group}`)}</h2>
            <div className="person-pair">
              {fieldKeys
                .filter((field) => fieldOf(field).group === group && field !== 'name')
                .map((field) => (
                  <Form.Item
                    key={field}
                    name={['values', field]}
                    label={t(`customers.field.${field}`)}
                    className={fieldOf(field).input === 'line' ? undefined : 'wide'}
                  >
                    <FieldInput field={field} label={t(`customers.field.${field}`)} />
                  </Form.Item>
                ))}
            </div>
          </section>
        ))}
        {own.length > 0 && (
          <section className="panel">
            <h2>{t('customers.group.own')}</h2>
            <div className="person-pair">
              {own.map((field) => (
                <Form.Item key={field.key} name={['values', field.key]} label={field.name}>
                  <OwnInput field={field} />
                </Form.Item>
              ))}
            </div>
          </section>
        )}
        {!place && code !== 'customers.duplicate' && <ErrorNote error={add.error} />}
        <SaveBar
          saving={add.isPending}
          label={t('customers.add')}
          onCancel={() => void navigate({ to: '/customers' })}
        />
      </Form>
    </PageFrame>
  )
}

/** What was typed, without what was left empty. */
function personOf({ values = {}, phones = [], emails = [], member }: Draft): PersonInput {
  const said = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const written = (lines: readonly (string | undefined)[]) =>
    lines.flatMap((line) => (line?.trim() ? [line.trim()] : [])).slice(0, 10)
  return {
    values: Object.fromEntries(said),
    phones: written(phones),
    emails: written(emails),
    member: member?.trim() || undefined,
  }
}

/** A value once it has rested, so that not every letter is a question. */
function useRested<T>(value: T, ms: number): T {
  const [rested, setRested] = useState(value)
  const text = JSON.stringify(value)
  useEffect(() => {
    const pause = setTimeout(() => setRested(text === undefined ? (undefined as T) : JSON.parse(text)), ms)
    return () => clearTimeout(pause)
  }, [text, ms])
  return rested
}
