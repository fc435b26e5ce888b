import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Checkbox, Form, Select } from 'antd'
import { shopsContract } from '#know/shops/contract.ts'
import { apiOf } from '#web/api.ts'
import { useT } from '#web/i18n.ts'
import { CopyField } from '#web/kit/CopyField.tsx'
import { ErrorOrProof } from '#web/kit/ErrorOrProof.tsx'
import { useProblemPlaces } from '#web/kit/fields.ts'
import { LinkButton } from '#web/kit/LinkButton.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { NameField } from '#web/kit/NameField.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { SaveBar } from '#web/kit/SaveBar.tsx'
import { keys } from './keys-api.ts'
import './keys.css'

const shops = apiOf('shops', shopsContract)
const lives = [30, 90, 365, null] as const

type Values = { name: string; permissions: string[]; shopIds?: number[]; days: number | 'never' }

/** Makes a key for a program; then shows it, once. */
export function NewKeyPage() {
  const t = useT()
  const queries = useQueryClient()
  const make = useMutation({
    ...keys.query.make.mutationOptions(),
    retry: false,
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.query.list.key() }),
  })
  const list = useQuery(keys.query.list.queryOptions({ input: {} }))
  return (
    <PageFrame title={t('keys.make')} back={{ to: '/settings/keys', label: t('keys.title') }} narrow>
      {make.data ? (
        <section aria-label={t('keys.key')}>
          <h2>{t('keys.made', { name: make.data.name })}</h2>
          <p className="soft">{t('keys.made_means')}</p>
          <CopyField value={make.data.key} label={t('keys.key')} />
          <p className="soft">{t('keys.made_use')}</p>
          <pre className="key-example">{`curl -H "Authorization: Bearer ${make.data.key.slice(0, 13)}…" ${location.origin}/api/shops`}</pre>
          <LinkButton to="/settings/keys" quiet>
            {t('keys.done')}
          </LinkButton>
        </section>
      ) : (
        <Loaded of={list}>{({ grantable }) => <NewKeyForm grantable={grantable} make={make} />}</Loaded>
      )}
    </PageFrame>
  )
}

/** Chooses permissions; a group of its own, as Ant Design's has attributes that a group may not have. */
function PermissionsField(props: {
  grantable: readonly string[]
  value?: string[]
  onChange?: (chosen: string[]) => void
}) {
  const t = useT()
  const { grantable, value = [], onChange } = props
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a grid in every browser
    <div role="group" aria-label={t('keys.permissions')} className="permissions">
      {grantable.map((one) => (
        <Checkbox
          key={one}
          checked={value.includes(one)}
          onChange={({ target }) =>
            onChange?.(target.checked ? [...value, one] : value.filter((other) => other !== one))
          }
        >
          {t(`keys.may.${one}`)}
        </Checkbox>
      ))}
    </div>
  )
}

type Make = ReturnType<typeof useMake>
// Names the type of the mutation that the page and its form share.
const useMake = () => useMutation(keys.query.make.mutationOptions())

function NewKeyForm({ grantable, make }: { grantable: readonly string[]; make: Make }) {
  const t = useT()
  const navigate = useNavigate()
  const [form] = Form.useForm<Values>()
  const places = useQuery(shops.query.list.queryOptions({ input: {} }))
  useProblemPlaces(form, make.error)
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ days: 365, permissions: [] }}
      onFinish={({ shopIds, days, ...values }) =>
        make.mutate({ ...values, shopIds: shopIds?.length ? shopIds : null, days: days === 'never' ? null : days })
      }
    >
      <NameField label={t('keys.name')} hint={t('keys.name_hint')} needed={t('keys.name_needed')} />
      <Form.Item
        name="permissions"
        label={t('keys.permissions')}
        extra={t('keys.permissions_hint')}
        rules={[{ required: true, type: 'array', min: 1, message: t('keys.permissions_needed') }]}
      >
        <PermissionsField grantable={grantable} />
      </Form.Item>
      <Form.Item name="shopIds" label={t('keys.shops')} extra={t('keys.shops_hint')}>
        <Select
          mode="multiple"
          placeholder={t('keys.all_shops')}
          showSearch={{ optionFilterProp: 'label' }}
          options={(places.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="days" label={t('keys.life')} extra={t('keys.life_hint')}>
        <Select
          options={lives.map((days) => ({
            value: days ?? 'never',
            label: days === null ? t('keys.never') : t('keys.days', { count: days }),
          }))}
        />
      </Form.Item>
      <ErrorOrProof of={[make]} />
      <SaveBar
        saving={make.isPending}
        label={t('keys.make')}
        onCancel={() => void navigate({ to: '/settings/keys' })}
      />
    </Form>
  )
}
