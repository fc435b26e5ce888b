import { catalogContract, type ProductRow } from '#know/catalog/contract.ts'
import { apiOf } from '#web/api.ts'
import { useT } from '#web/i18n.ts'
import { PickList } from '#web/kit/PickList.tsx'
import { Money } from '#web/kit/values.tsx'

const catalog = apiOf('catalog', catalogContract)

/** What is sold: found by the beginning of its code or any part of its name. */
export function ProductPicker({ onPick }: { onPick: (product: ProductRow) => void }) {
  const t = useT()
  return (
    <PickList<ProductRow>
      label={t('orders.find_product')}
      hint={t('orders.find_product_hint')}
      none={t('orders.no_product_found')}
      find={(text) => catalog.query.list.queryOptions({ input: { search: text, limit: 8, sort: 'code' } })}
      itemKey={(product) => product.id}
      title={(product) => product.name ?? product.code}
      detail={(product) => (
        <>
          {product.name && product.code} {product.price !== null && <Money minor={product.price} />}
        </>
      )}
      onPick={onPick}
    />
  )
}
