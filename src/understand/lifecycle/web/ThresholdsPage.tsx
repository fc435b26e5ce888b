import { useQuery } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { useView } from '#web/place.ts'
import type { Goods } from '../contract.ts'
import { EditGoodsLimits } from './EditGoodsLimits.tsx'
import { EditLimits } from './EditLimits.tsx'
import { GoodsList } from './GoodsList.tsx'
import { goodsAt } from './goods-place.ts'
import { lifecycle } from './lifecycle-api.ts'
import './lifecycle.css'

/**
 * After how many days without a purchase a customer counts as silent, sleeping, lost, in the shop, in some goods or for the people of a tag; after how many days
 * people really come back, and who would move, before saving.
 */
export default function ThresholdsPage() {
  const [view] = useView({ category: '', brand: '', tag: '' })
  const of = goodsAt(view)
  return of ? <OfGoods key={JSON.stringify(of)} of={of} /> : <OfShop />
}

function OfShop() {
  const t = useT()
  const stored = useQuery(lifecycle.query.thresholds.queryOptions({ input: {} }))
  return (
    <PageFrame
      title={t('lifecycle.settings')}
      subtitle={t('lifecycle.settings_means')}
      back={{ to: '/settings', label: t('web.nav.settings') }}
      narrow
    >
      <Loaded of={stored}>
        {(data) => <EditLimits key={data.version} {...data} onLoad={() => stored.refetch()} />}
      </Loaded>
      <GoodsList />
    </PageFrame>
  )
}

function OfGoods({ of }: { of: Goods }) {
  const t = useT()
  const stored = useQuery(lifecycle.query.goodsThresholds.queryOptions({ input: { of } }))
  return (
    <PageFrame
      title={stored.data ? t('lifecycle.goods_settings', { name: stored.data.name }) : t('lifecycle.settings')}
      subtitle={t('tagId' in of ? 'lifecycle.tag_settings_means' : 'lifecycle.goods_settings_means')}
      back={{ to: '/settings/lifecycle', label: t('lifecycle.settings') }}
      narrow
    >
      <Loaded of={stored}>
        {(data) => <EditGoodsLimits key={data.version} of={of} {...data} onLoad={() => stored.refetch()} />}
      </Loaded>
    </PageFrame>
  )
}
