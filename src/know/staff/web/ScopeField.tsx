import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { shopsContract } from '#know/shops/contract.ts'
import { apiOf } from '#web/api.ts'
import { useT } from '#web/i18n.ts'

const shops = apiOf('shops', shopsContract)

/** Chooses the shops that a person sees; none chosen: all. */
export function ScopeField(props: { id?: string; value?: number[]; onChange?: (ids: number[]) => void }) {
  const t = useT()
  const list = useQuery(shops.query.list.queryOptions({ input: {} }))
  return (
    <Select
      id={props.id}
      mode="multiple"
      value={props.value}
      onChange={(ids: number[]) => props.onChange?.(ids)}
      placeholder={t('staff.all_shops')}
      showSearch={{ optionFilterProp: 'label' }}
      options={(list.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
    />
  )
}
