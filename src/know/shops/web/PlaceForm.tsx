import { useQuery } from '@tanstack/react-query'
import { Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { useProblemPlaces } from '#web/kit/fields.ts'
import { SaveBar } from '#web/kit/SaveBar.tsx'
import { channelKinds } from '../contract.ts'
import { PositionFields, pointOf } from './PositionFields.tsx'
import { listOf, type PlaceName, type PlaceShown, type PlaceValues } from './place-calls.ts'

/** The fields of a shop, channel or brand, for adding and editing. */
export function PlaceForm(props: {
  place: PlaceName
  of?: PlaceShown
  saving: boolean
  error: unknown
  onSave: (values: PlaceValues) => void
  onCancel: () => void
}) {
  const t = useT()
  const [form] = Form.useForm<PlaceValues>()
  const [changed, setChanged] = useState(false)
  useProblemPlaces(form, props.error, { invalid_code: 'shops.code_wrong' })
  const { place, of } = props
  return (
    <Form<PlaceValues>
      requiredMark={false}
      form={form}
      layout="vertical"
      initialValues={of ?? { kind: 'online' }}
      onValuesChange={() => setChanged(true)}
      onFinish={({ code, ...values }) => {
        const links =
          place === 'shops'
            ? {
                channelId: values.channelId ?? null,
                brandId: values.brandId ?? null,
                position: pointOf(values.position),
              }
            : {}
        props.onSave({ ...values, ...links, ...(code?.trim() ? { code } : {}) })
      }}
    >
      <Form.Item
        name="name"
        label={t('shops.name')}
        rules={[{ required: true, whitespace: true, max: 80, message: t('shops.name_needed') }]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      {place === 'channels' && (
        <Form.Item name="kind" label={t('shops.kind')}>
          <Select options={channelKinds.map((kind) => ({ value: kind, label: t(`shops.kind.${kind}`) }))} />
        </Form.Item>
      )}
      {place === 'shops' && (
        <>
          <Belonging name="channelId" label={t('shops.channel')} place="channels" present={of?.channelId} />
          <Belonging name="brandId" label={t('shops.brand')} place="brands" present={of?.brandId} />
          <PositionFields
            onPick={(position) => {
              form.setFieldsValue({ position })
              setChanged(true)
            }}
          />
        </>
      )}
      <Form.Item name="code" label={t('shops.code')} extra={t(of ? 'shops.code_hint' : 'shops.code_hint_new')}>
        <Input autoComplete="off" autoCapitalize="none" spellCheck={false} />
      </Form.Item>
      <ErrorNote error={props.error} />
      <SaveBar saving={props.saving} changed={changed} onCancel={props.onCancel} />
    </Form>
  )
}

/** Chooses among those not archived, and the one it has. */
function Belonging(props: { name: 'channelId' | 'brandId'; label: string; place: PlaceName; present?: number | null }) {
  const list = useQuery(listOf(props.place))
  const options = (list.data?.items ?? [])
    .filter((item) => !item.archived || item.id === props.present)
    .map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Form.Item name={props.name} label={props.label}>
      <Select allowClear options={options} disabled={options.length === 0} />
    </Form.Item>
  )
}
