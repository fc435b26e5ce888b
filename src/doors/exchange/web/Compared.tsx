import { useT } from '#web/i18n.ts'
import { Count } from '#web/kit/values.tsx'
import type { CompareSample, Comparison } from '../contract.ts'
import { Samples } from './Samples.tsx'

const entities = ['customers', 'orders', 'lines', 'steps', 'reviews', 'products'] as const
const none = { new: 0, changed: 0, same: 0, conflicting: 0 }
const states = ['new', 'changed', 'same', 'conflicting'] as const
const told: readonly CompareSample['state'][] = ['new', 'changed', 'conflicting']

/** What applying would do, counted, with examples of each. */
export function Compared({ comparison }: { comparison: Comparison }) {
  const t = useT()
  const { consents, sources, unusableRows, heldBackOrders, samples } = comparison
  return (
    <section className="panel">
      <h2>{t('exchange.page.compared')}</h2>
      <p className="soft">{t('exchange.page.compared_means')}</p>
      <div className="compared-scroll">
        <table className="ledger compared">
          <thead>
            <tr>
              <td />
              {states.map((state) => (
                <th key={state} scope="col" className="end">
                  {t(`exchange.page.compared.${state}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {entities
              .filter((entity) => comparison[entity] !== undefined)
              .map((entity) => ({ entity, counts: comparison[entity] ?? none }))
              .map(({ entity, counts }) => (
                <tr key={entity}>
                  <th scope="row">{t(`exchange.page.entity.${entity}`)}</th>
                  {states.map((state) => (
                    <td key={state} className={counts[state] === 0 ? 'end soft' : 'end'}>
                      <Count value={counts[state]} />
                    </td>
                  ))}
                </tr>
              ))}
          </tbody>
        </table>
      </div>
      <dl className="compared-words soft">
        {states.map((state) => (
          <div key={state}>
            <dt>{t(`exchange.page.compared.${state}`)}</dt>
            <dd>{t(`exchange.page.compared.${state}_means`)}</dd>
          </div>
        ))}
      </dl>
      {sources && <p>{t('exchange.page.sources', sources)}</p>}
      {consents && <p>{t('exchange.page.consents', consents)}</p>}
      {unusableRows > 0 && (
        <p>
          {t('exchange.page.unusable_rows', { count: unusableRows })}
          {heldBackOrders > 0 && ` ${t('exchange.page.held_back', { count: heldBackOrders })}`}
        </p>
      )}
      {(['customers', 'orders', 'products'] as const).flatMap((entity) =>
        told.map((state) => (
          <Samples
            key={`${entity} ${state}`}
            entity={entity}
            state={state}
            count={comparison[entity][state]}
            samples={samples.filter((sample) => sample.entity === entity && sample.state === state)}
          />
        )),
      )}
    </section>
  )
}
