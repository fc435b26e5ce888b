import { useT } from '#web/i18n.ts'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { InstantText } from '#web/kit/values.tsx'
import { useMay } from '#web/session.ts'
import type { ShownProduct, ShownRefusal } from '../contract.ts'
import { ProductLink, productName } from './ProductLink.tsx'

/** What is not for this customer, with who said so and why; closed until somebody looks. */
export function Refused({
  of,
  onTakeBack,
}: {
  of: readonly ShownRefusal[]
  onTakeBack: (product: ShownProduct) => void
}) {
  const t = useT()
  const mayEdit = useMay()('customers.edit')
  if (of.length === 0) return null
  return (
    <details className="refused">
      <summary>{t('recommend.refused', { count: of.length })}</summary>
      <ul className="next-products">
        {of.map(({ product, why, words, saidAt, actorName }) => (
          <li key={product.id}>
            <span className="next-product">
              <ProductLink of={product} />
            </span>
            <span className="soft next-reason">
              {[t(`recommend.why.${why}`), words, actorName].filter(Boolean).join(' · ')} · <InstantText at={saidAt} />
            </span>
            {mayEdit && (
              <QuietButton
                aria-label={t('recommend.take_back_this', { product: productName(product) })}
                onClick={() => onTakeBack(product)}
              >
                {t('recommend.take_back')}
              </QuietButton>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
