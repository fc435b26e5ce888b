import type { InferContractRouterOutputs } from '@orpc/contract'
import { useT } from '#web/i18n.ts'
import type { valueContract } from '../contract.ts'
import { Lift } from './Lift.tsx'

type Standing = InferContractRouterOutputs<typeof valueContract>['standing']

/** Why this class of value, and what would lift it; or why there is none. */
export function ValueReason({ standing }: { standing: Standing }) {
  const t = useT()
  const { valueReason: reason, scores } = standing
  if (reason.missing === 'never_bought') return <p>{t('value.no_purchase')}</p>
  if (reason.missing === 'too_few_buyers' || !scores)
    return <p>{t('value.too_few', { buyers: reason.rulers.buyers })}</p>
  const { groups, high } = reason.rulers
  return (
    <>
      <p>
        {t('value.why_class', {
          money: reason.highMonetary ? 'high' : 'low',
          often: reason.highFrequency ? 'high' : 'low',
        })}
      </p>
      <ul>
        <li>{t('value.score', { of: t('value.recency'), score: scores.recency, groups })}</li>
        <li>{t('value.score', { of: t('value.frequency'), score: scores.frequency, groups })}</li>
        <li>{t('value.score', { of: t('value.monetary'), score: scores.monetary, groups })}</li>
      </ul>
      <p className="soft">{t('value.high_means', { high, groups })}</p>
      <Lift standing={standing} />
    </>
  )
}
