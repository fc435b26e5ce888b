import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Form, Input, InputNumber, Select } from 'antd'
import { customersContract } from '#know/customers/contract.ts'
import { apiOf } from '#web/api.ts'
import { useT } from '#web/i18n.ts'
import { DayField } from '#web/kit/DayField.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { useProblemPlaces } from '#web/kit/fields.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { SaveBar } from '#web/kit/SaveBar.tsx'
import { cameBy, kinds, type Law, laws, type PrivacyRequest } from '../contract.ts'
import { rights } from './rights-api.ts'
import './rights.css'

const customers = apiOf('customers', customersContract)

type Values = {
  customerId: number
  kind: (typeof kinds)[number]
  law: Law
  cameBy: (typeof cameBy)[number]
  askedOn?: string
  note?: string
}

/** Notes what a person asked for; from then on the days count. */
export function NewPrivacyRequestPage() {
  const t = useT()
  const rules = useQuery(rights.query.rules.queryOptions({ input: {} }))
  return (
    <PageFrame title={t('rights.add')} back={{ to: '/settings/privacy', label: t('rights.title') }} narrow>
      <Loaded of={rules}>{({ rules }) => <RequestForm law={rules.law} />}</Loaded>
    </PageFrame>
  )
}

function RequestForm({ law }: { law: Law }) {
  const t = useT()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { customer } = useSearch({ strict: false }) as { customer?: string | number }
  const [form] = Form.useForm<Values>()
  const customerId = Form.useWatch('customerId', form) ?? (customer ? Number(customer) : undefined)
  const person = useQuery({
    ...customers.query.get.queryOptions({ input: { id: customerId ?? 0 } }),
    enabled: customerId !== undefined && customerId > 0,
    retry: false,
  })
  const add = useMutation({
    ...rights.query.add.mutationOptions(),
    async onSuccess(request) {
      await queries.invalidateQueries({ queryKey: rights.query.list.key() })
      await navigate({ to: `/settings/privacy/${(request as PrivacyRequest).id}` })
    },
  })
  useProblemPlaces(form, add.error)
  const options = <T extends string>(some: readonly T[], key: string) =>
    some.map((value) => ({ value, label: t(`rights.${key}.${value}`) }))
  const known = person.data as { name: string | null; number: string | null; phone: string | null } | undefined
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ customerId: customer ? Number(customer) : undefined, kind: 'export', cameBy: 'counter', law }}
      onFinish={({ note, ...values }) => add.mutate({ ...values, ...(note?.trim() ? { note: note.trim() } : {}) })}
    >
      <Form.Item
        name="customerId"
        label={t('rights.customer_number')}
        extra={known ? (known.name ?? known.number ?? known.phone ?? '') : t('rights.customer_number_hint')}
        rules={[{ required: true, type: 'number', min: 1, message: t('rights.customer_number_hint') }]}
      >
        <InputNumber min={1} precision={0} controls={false} />
      </Form.Item>
      <Form.Item name="kind" label={t('rights.kind')}>
        <Select options={options(kinds, 'kind')} />
      </Form.Item>
      <Form.Item name="cameBy" label={t('rights.came_by')}>
        <Select options={options(cameBy, 'by')} />
      </Form.Item>
      <Form.Item name="law" label={t('rights.law')} extra={t('rights.law_hint')}>
        <Select options={options(laws, 'law')} />
      </Form.Item>
      <Form.Item name="askedOn" label={t('rights.asked_on')} extra={t('rights.asked_on_hint')}>
        <DayField />
      </Form.Item>
      <Form.Item name="note" label={t('rights.note_of')} extra={t('rights.note_of_hint')}>
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
      <ErrorNote error={add.error} />
      <SaveBar
        saving={add.isPending}
        label={t('rights.add_do')}
        onCancel={() => void navigate({ to: '/settings/privacy' })}
      />
    </Form>
  )
}
