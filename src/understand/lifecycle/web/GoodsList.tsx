import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { shopsContract } from '#know/shops/contract.ts'
import { useTags } from '#know/tags/web/people.ts'
import { apiOf } from '#web/api.ts'
import { useT } from '#web/i18n.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import type { Goods } from '../contract.ts'
import { placeOf } from './goods-place.ts'
import { lifecycle } from './lifecycle-api.ts'

const shops = apiOf('shops', shopsContract)

/** Categories, brands and tags: whose limits are their own, and where they are changed. */
export function GoodsList() {
  const t = useT()
  const goods = useQuery(lifecycle.query.goods.queryOptions({ input: {} }))
  const { all: tags } = useTags()
  const brands = useQuery(shops.query.brands.queryOptions({ input: {} }))
  return (
    <section className="panel">
      <h2>{t('lifecycle.by_goods')}</h2>
      <p className="soft">{t('lifecycle.by_goods_means')}</p>
      <Loaded of={goods}>
        {({ items }) => {
          const others = (brands.data?.items ?? []).filter(
            ({ id }) => !items.some(({ of }) => 'brandId' in of && of.brandId === id),
          )
          const all = [
            ...items.map(({ of, name, own, thresholds }) => ({ of, name, own: own ? thresholds : undefined })),
            ...others.map(({ id, name }) => ({ of: { brandId: id }, name, own: undefined })),
            ...tags
              .filter(({ id }) => !items.some(({ of }) => 'tagId' in of && of.tagId === id))
              .map(({ id, name }) => ({ of: { tagId: id }, name, own: undefined })),
          ]
          if (all.length === 0) return <p className="soft">{t('lifecycle.no_goods')}</p>
          return (
            <ul className="goods-list">
              {all.map(({ of, name, own }) => {
                const place = placeOf(of)
                return (
                  <li key={JSON.stringify(of)}>
                    <Link to={place.to as never} search={place.search as never}>
                      {name}
                    </Link>
                    <span className="soft">{t(kindOf(of))}</span>
                    <span className={own ? 'number' : 'soft'}>
                      {own ? t('lifecycle.limits_short', own) : t('lifecycle.as_shop')}
                    </span>
                  </li>
                )
              })}
            </ul>
          )
        }}
      </Loaded>
    </section>
  )
}

function kindOf(of: Goods): string {
  if ('category' in of) return 'lifecycle.category'
  return 'brandId' in of ? 'lifecycle.brand' : 'lifecycle.tag'
}
