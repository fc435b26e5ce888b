import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { PeopleLink } from '#understand/query/web/people.ts'
import { useT } from '#web/i18n.ts'
import { AsOf } from '#web/kit/AsOf.tsx'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { StageMark, stageColour } from '#web/kit/StageMark.tsx'
import { Count } from '#web/kit/values.tsx'
import { Why } from '#web/kit/Why.tsx'
import { useMay } from '#web/session.ts'
import type { GoodsStages } from '../contract.ts'
import { placeOf } from './goods-place.ts'
import { lifecycle } from './lifecycle-api.ts'
import './lifecycle.css'

/** Where customers stand in each category: who buys tea as ever may long have stopped buying pots. */
export default function GoodsStagesPage() {
  const t = useT()
  const goods = useQuery(lifecycle.query.goods.queryOptions({ input: {} }))
  return (
    <PageFrame
      title={t('lifecycle.stages_by_goods')}
      subtitle={goods.data && <AsOf day={goods.data.asOf} />}
      back={{ to: '/', label: t('web.nav.overview') }}
    >
      <Loaded of={goods} rows={8}>
        {({ asOf, items }) =>
          items.length === 0 ? (
            <EmptyState title={t('lifecycle.no_goods')} example={t('lifecycle.no_goods_example')}>
              {t('lifecycle.no_goods_means')}
            </EmptyState>
          ) : (
            <>
              <p className="soft">{t('lifecycle.stages_by_goods_means')}</p>
              <Table asOf={asOf} items={items} />
            </>
          )
        }
      </Loaded>
    </PageFrame>
  )
}

const shown = ['active', 'silent', 'sleeping', 'lost'] as const

function Table({ asOf, items }: { asOf: string; items: readonly GoodsStages[] }) {
  const t = useT()
  return (
    // A scrolling region must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className="ledger-scroll" tabIndex={0} aria-label={t('lifecycle.stages_by_goods')}>
      <table className="goods-stages">
        <thead>
          <tr>
            <th scope="col">{t('lifecycle.goods')}</th>
            <td className="bar" />
            {shown.map((stage) => (
              <th scope="col" key={stage}>
                <StageMark stage={stage} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <Row key={JSON.stringify(one.of)} asOf={asOf} of={one} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Row({ asOf, of: { of, name, own, thresholds, stages } }: { asOf: string; of: GoodsStages }) {
  const t = useT()
  const may = useMay()
  const place = placeOf(of)
  return (
    <tr>
      <th scope="row">
        {'tagId' in of && <span className="soft">{t('lifecycle.tag')} </span>}
        {name}{' '}
        <Why of={t('lifecycle.limits_of', { name })}>
          <p>{t(own ? 'lifecycle.limits_own' : 'lifecycle.limits_shops', thresholds)}</p>
          {may('lifecycle.edit') && (
            <p>
              <Link to={place.to as never} search={place.search as never}>
                {t('lifecycle.change_limits')}
              </Link>
            </p>
          )}
        </Why>
      </th>
      <td className="bar">
        <div className="stage-bar" aria-hidden="true">
          {stages.map(({ stage, customers }) => (
            <div key={stage} style={{ flexGrow: customers, background: stageColour(stage) }} />
          ))}
        </div>
      </td>
      {shown.map((stage) => {
        const one = stages.find((row) => row.stage === stage)
        return (
          <td key={stage}>
            {one && one.customers > 0 ? (
              <PeopleLink of={one.people} asOf={asOf}>
                <Count value={one.customers} />
              </PeopleLink>
            ) : (
              <span className="soft">0</span>
            )}
          </td>
        )
      })}
    </tr>
  )
}
