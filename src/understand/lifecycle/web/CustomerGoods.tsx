import { useQuery } from '@tanstack/react-query'
import { useLocale, useT } from '#web/i18n.ts'
import { dayText } from '#web/kit/formats.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { StageMark } from '#web/kit/StageMark.tsx'
import { Why } from '#web/kit/Why.tsx'
import type { GoodsStage } from '../contract.ts'
import { lifecycle } from './lifecycle-api.ts'
import './lifecycle.css'

/** A customer's stage in each category that was bought of, with what it rests on. */
export default function CustomerGoods({ id }: { id: number }) {
  const t = useT()
  const goods = useQuery(lifecycle.query.goodsOfCustomer.queryOptions({ input: { id } }))
  return (
    <Loaded of={goods} rows={3}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="soft">{t('lifecycle.nothing_of_goods')}</p>
        ) : (
          <ul className="customer-goods">
            {items.map((one) => (
              <li key={JSON.stringify(one.of)}>
                <span>{one.name}</span>
                <span>
                  <StageMark stage={one.stage} />
                  <Why of={t('lifecycle.stage_in', { name: one.name })}>
                    <Reason one={one} />
                  </Why>
                </span>
                <span className="soft number">{t('lifecycle.days_ago', { days: one.daysSince })}</span>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}

function Reason({ one }: { one: GoodsStage }) {
  const t = useT()
  const locale = useLocale()
  const { lastPurchaseDay, days, daysSince, own, thresholds, nextStage, nextDay } = one
  return (
    <>
      <p>
        {t('tagId' in one.of ? 'lifecycle.tag_why' : 'lifecycle.goods_why', {
          day: dayText(locale, lastPurchaseDay),
          days: daysSince,
          times: days,
        })}
      </p>
      <p className="soft">{t(own ? 'lifecycle.limits_own' : 'lifecycle.limits_shops', thresholds)}</p>
      {nextStage && nextDay && (
        <p>
          {t('tagId' in one.of ? 'lifecycle.tag_next' : 'lifecycle.goods_next', {
            stage: t(`web.stage.${nextStage}`),
            day: dayText(locale, nextDay),
          })}
        </p>
      )}
    </>
  )
}
