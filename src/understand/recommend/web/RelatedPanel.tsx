import { useQuery } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import { AsOf } from '#web/kit/AsOf.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { Money } from '#web/kit/values.tsx'
import { Why } from '#web/kit/Why.tsx'
import type { ShownModel, ShownProduct } from '../contract.ts'
import { ModelWords } from './ModelWords.tsx'
import { ProductLink } from './ProductLink.tsx'
import { recommend } from './recommend-api.ts'
import './recommend.css'

type Item = { product: ShownProduct; together: number; alike: boolean }

/** What who took this product takes too. */
export function RelatedPanel({ id }: { id: number }) {
  const t = useT()
  const found = useQuery(recommend.query.related.queryOptions({ input: { id } }))
  return (
    <Loaded of={found} rows={3}>
      {({ items, model }) =>
        items.length === 0 ? (
          <p className="soft">{t(model ? 'recommend.related.none' : 'recommend.no_model')}</p>
        ) : (
          <>
            <ol className="next-products" aria-label={t('recommend.related')}>
              {(items as Item[]).map(({ product, together, alike }) => (
                <li key={product.id}>
                  <span className="next-product">
                    <ProductLink of={product} /> {product.price !== null && <Money minor={product.price} />}
                  </span>
                  <span className="soft next-reason">
                    {alike ? t('recommend.related.alike') : t('recommend.related.together', { count: together })}
                  </span>
                </li>
              ))}
            </ol>
            {model && (
              <p className="soft">
                <AsOf day={model.asOf} />{' '}
                <Why of={t('recommend.related')}>
                  <p>{t('recommend.related.means')}</p>
                  <ModelWords of={model as ShownModel} />
                </Why>
              </p>
            )}
          </>
        )
      }
    </Loaded>
  )
}
