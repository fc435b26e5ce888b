import { useQuery } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import { AsOf } from '#web/kit/AsOf.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { Money, Share } from '#web/kit/values.tsx'
import { Why } from '#web/kit/Why.tsx'
import type { ShownInclination, ShownTaste } from '../contract.ts'
import { useInclinationWords } from './inclination-words.ts'
import { recommend } from './recommend-api.ts'
import './recommend.css'

/** What this customer is inclined to, with what it rests on. What she said of it stands first. */
export function TastePanel({ id }: { id: number }) {
  const t = useT()
  const found = useQuery(recommend.query.taste.queryOptions({ input: { id } }))
  return (
    <Loaded of={found} rows={3}>
      {(taste) => <Taste taste={taste as ShownTaste} label={t('recommend.taste')} />}
    </Loaded>
  )
}

function Taste({ taste, label }: { taste: ShownTaste; label: string }) {
  const t = useT()
  const { words, products, enough, halfLife, priceCuts } = taste
  return (
    <>
      {words && (
        <p className="taste-words">
          <span className="soft">{t('recommend.taste.said')}</span> {words}
        </p>
      )}
      {!enough && <p className="soft">{t('recommend.taste.too_little', { products })}</p>}
      <div className="tastes">
        <Inclinations title={t('recommend.taste.categories')} of={taste.categories} />
        <Inclinations title={t('recommend.taste.brands')} of={taste.brands} />
        <Inclinations
          title={t('recommend.taste.prices')}
          of={taste.priceBands}
          name={(band) => t(`recommend.band.${band}`)}
        />
      </div>
      <p className="soft">
        <AsOf day={taste.asOf} />{' '}
        <Why of={label}>
          <p>{t('recommend.taste.means', { ...halfLife, products })}</p>
          {priceCuts && (
            <p>
              {t('recommend.taste.cuts')} <Money minor={priceCuts.low} /> · <Money minor={priceCuts.high} />
            </p>
          )}
        </Why>
      </p>
    </>
  )
}

function Inclinations(props: { title: string; of: readonly ShownInclination[]; name?: (name: string) => string }) {
  const evidence = useInclinationWords()
  if (props.of.length === 0) return null
  return (
    <section>
      <h3>{props.title}</h3>
      <ul className="inclinations">
        {props.of.map((one) => (
          <li key={one.name} className={one.said === 'against' ? 'against' : undefined}>
            <span className="inclination">
              <span>{props.name?.(one.name) ?? one.name}</span>
              {one.said !== 'against' && <Share of={one.share} digits={0} />}
            </span>
            <span className="inclination-bar" aria-hidden="true">
              <span style={{ width: `${Math.round(one.share * 100)}%` }} />
            </span>
            <span className="soft">{evidence(one)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
