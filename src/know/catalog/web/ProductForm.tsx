import { useQuery } from '@tanstack/react-query'
import { AutoComplete, Form, Input, InputNumber, Select } from 'antd'
import { shopsContract } from '#know/shops/contract.ts'
import { apiOf } from '#web/api.ts'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { useProblemPlaces } from '#web/kit/fields.ts'
import { MoneyField } from '#web/kit/MoneyField.tsx'
import { SaveBar } from '#web/kit/SaveBar.tsx'
import type { NewProduct, Product } from '../contract.ts'
import { AttributesField } from './AttributesField.tsx'
import { catalog } from './catalog-api.ts'
import { productKinds } from './kinds.ts'
import { filled, type ProductValues, valuesOf } from './product-values.ts'
import './catalog.css'

const shops = apiOf('shops', shopsContract)

/** The fields of a product, for adding and editing. */
export function ProductForm(props: {
  product?: Product
  saving: boolean
  error: unknown
  onSave: (product: NewProduct) => void
  onCancel: () => void
}) {
  const t = useT()
  const [form] = Form.useForm<ProductValues>()
  useProblemPlaces(form, props.error)
  const categories = useQuery(catalog.query.categories.queryOptions({ input: {} }))
  const brands = useQuery(shops.query.brands.queryOptions({ input: {} }))
  const wrongAmount = {
    validator: async (_: unknown, value: unknown) => {
      if (value === undefined) throw new Error(t('catalog.no_amount'))
    },
  }

  return (
    <Form<ProductValues>
      form={form}
      layout="vertical"
      initialValues={valuesOf(props.product)}
      onFinish={(values) => props.onSave(filled(values))}
      scrollToFirstError
    >
      <Form.Item name="name" label={t('catalog.name')} rules={[{ max: 300 }]}>
        <Input autoComplete="off" />
      </Form.Item>
      <div className="form-pair">
        <Form.Item
          name="code"
          label={t('catalog.code')}
          extra={t('catalog.code_hint')}
          rules={[{ required: true, whitespace: true, max: 100, message: t('catalog.code_needed') }]}
        >
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="kind" label={t('catalog.kind')} extra={t('catalog.kind_hint')}>
          <Select options={productKinds.map((value) => ({ value, label: t(`catalog.kind.${value}`) }))} />
        </Form.Item>
        <Form.Item name="price" label={t('catalog.price')} rules={[wrongAmount]}>
          <MoneyField />
        </Form.Item>
        <Form.Item name="cost" label={t('catalog.cost')} extra={t('catalog.cost_hint')} rules={[wrongAmount]}>
          <MoneyField />
        </Form.Item>
        <Form.Item name="category" label={t('catalog.category')}>
          <AutoComplete
            options={(categories.data?.items ?? []).map((value) => ({ value }))}
            showSearch={{
              filterOption: (typed, option) => (option?.value ?? '').toLowerCase().includes(typed.toLowerCase()),
            }}
          />
        </Form.Item>
        <Form.Item name="brandId" label={t('catalog.brand')}>
          <Select
            allowClear
            options={(brands.data?.items ?? [])
              .filter((brand) => !brand.archived || brand.id === props.product?.brandId)
              .map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
      </div>
      <Form.Item name="stock" label={t('catalog.stock')} extra={t('catalog.stock_hint')}>
        <InputNumber
          precision={undefined}
          step={1}
          max={99_999_999_999}
          min={-99_999_999_999}
          style={{ width: '100%' }}
        />
      </Form.Item>
      <Form.Item
        name="image"
        label={t('catalog.image')}
        extra={t('catalog.image_hint')}
        rules={[{ type: 'url', message: t('catalog.image_wrong') }]}
      >
        <Input inputMode="url" autoComplete="off" />
      </Form.Item>
      <AttributesField />
      <ErrorNote error={props.error} />
      <SaveBar saving={props.saving} onCancel={props.onCancel} />
    </Form>
  )
}
