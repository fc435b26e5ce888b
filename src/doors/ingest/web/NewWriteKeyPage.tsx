import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Checkbox, Form, Radio, Select } from 'antd'
import { shopsContract } from '#know/shops/contract.ts'
import { apiOf } from '#web/api.ts'
import { useT } from '#web/i18n.ts'
import { CopyField } from '#web/kit/CopyField.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { useProblemPlaces } from '#web/kit/fields.ts'
import { LinkButton } from '#web/kit/LinkButton.tsx'
import { NameField } from '#web/kit/NameField.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { SaveBar } from '#web/kit/SaveBar.tsx'
import type { MadeWriteKey } from '../contract.ts'
import { ingest } from './ingest-api.ts'
import { commandOf, snippetOf } from './snippet.ts'
import './ingest.css'

const shops = apiOf('shops', shopsContract)

type Values = { name: string; sourceId?: number; shopId?: number; place: 'server' | 'browser'; orders: boolean }

/** Makes a write key; then shows it, with what to do with it. */
export function NewWriteKeyPage() {
  const t = useT()
  const make = useMake()
  return (
    <PageFrame title={t('ingest.make')} back={{ to: '/settings/incoming', label: t('ingest.title') }} narrow>
      {make.data ? <Made of={make.data} /> : <NewWriteKeyForm make={make} />}
    </PageFrame>
  )
}

function useMake() {
  const queries = useQueryClient()
  return useMutation({
    ...ingest.query.makeKey.mutationOptions(),
    retry: false,
    onSuccess: () => queries.invalidateQueries({ queryKey: ingest.query.keys.key() }),
  })
}

function Made({ of: { name, key, place } }: { of: MadeWriteKey }) {
  const t = useT()
  const { origin } = location
  const isBrowser = place === 'browser'
  return (
    <section aria-label={t('ingest.key')}>
      <h2>{t('ingest.made', { name })}</h2>
      {!isBrowser && <p className="soft">{t('ingest.made_server')}</p>}
      <CopyField value={key} label={t('ingest.key')} />
      <p className="soft">{t(isBrowser ? 'ingest.made_snippet' : 'ingest.made_use')}</p>
      <CopyField
        value={isBrowser ? snippetOf(origin, key) : commandOf(origin, key)}
        label={t('ingest.snippet')}
        rows={4}
      />
      <LinkButton to="/settings/incoming" quiet>
        {t('ingest.done')}
      </LinkButton>
    </section>
  )
}

function NewWriteKeyForm({ make }: { make: ReturnType<typeof useMake> }) {
  const t = useT()
  const navigate = useNavigate()
  const [form] = Form.useForm<Values>()
  const sourceId = Form.useWatch('sourceId', form)
  const place = Form.useWatch('place', form)
  const places = useQuery(shops.query.list.queryOptions({ input: {} }))
  const keys = useQuery(ingest.query.keys.queryOptions({ input: {} }))
  const sources = new Map((keys.data?.items ?? []).map(({ source }) => [source.id, source.name]))
  useProblemPlaces(form, make.error)
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ place: 'server', orders: true }}
      onValuesChange={(change) => {
        if ('place' in change) form.setFieldsValue({ orders: change.place === 'server' })
      }}
      onFinish={({ sourceId, shopId, ...values }) =>
        make.mutate({ ...values, ...(sourceId ? { sourceId } : { shopId }) })
      }
    >
      <NameField label={t('ingest.name')} hint={t('ingest.name_hint')} needed={t('ingest.name_needed')} />
      {sources.size > 0 && (
        <Form.Item name="sourceId" label={t('ingest.source')} extra={t('ingest.source_hint')}>
          <Select
            allowClear
            placeholder={t('ingest.new_source')}
            options={[...sources].map(([value, label]) => ({ value, label }))}
          />
        </Form.Item>
      )}
      {!sourceId && (
        <Form.Item
          name="shopId"
          label={t('ingest.shop')}
          rules={[{ required: true, message: t('ingest.shop_needed') }]}
        >
          <Select
            options={(places.data?.items ?? [])
              .filter(({ archived }) => !archived)
              .map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
      )}
      <Form.Item name="place" label={t('ingest.place')}>
        <Radio.Group
          options={[
            { value: 'server', label: t('ingest.place_server') },
            { value: 'browser', label: t('ingest.place_browser') },
          ]}
        />
      </Form.Item>
      <Form.Item
        name="orders"
        valuePropName="checked"
        extra={place === 'browser' ? t('ingest.orders_hint') : undefined}
      >
        <Checkbox>{t('ingest.orders')}</Checkbox>
      </Form.Item>
      {make.error && <ErrorNote error={make.error} />}
      <SaveBar
        saving={make.isPending}
        label={t('ingest.make')}
        onCancel={() => void navigate({ to: '/settings/incoming' })}
      />
    </Form>
  )
}
