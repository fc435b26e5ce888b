import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { Absent, Money } from '#web/kit/values.tsx'
import { useMay } from '#web/session.ts'
import type { Product } from '../contract.ts'
import { Quantity } from './Quantity.tsx'
import './catalog.css'

/** What is known of a product, and its picture. */
export function ProductFacts({ product }: { product: Product }) {
  const t = useT()
  const may = useMay()
  return (
    <div className="product">
      {product.image && <Picture key={product.image} address={product.image} name={product.name ?? product.code} />}
      <dl className="facts">
        <dt>{t('catalog.price')}</dt>
        <dd>
          <Money minor={product.price} />
        </dd>
        {may('catalog.edit') && (
          <>
            <dt>{t('catalog.cost')}</dt>
            <dd>
              <Money minor={product.cost} />
            </dd>
          </>
        )}
        <dt>{t('catalog.stock')}</dt>
        <dd>
          <Quantity value={product.stock} />
        </dd>
        <dt>{t('catalog.category')}</dt>
        <dd>{product.category ?? <Absent />}</dd>
        <dt>{t('catalog.brand')}</dt>
        <dd>{product.brand ?? <Absent />}</dd>
        {Object.entries(product.attributes).map(([name, value]) => (
          <Attribute key={name} name={name} value={String(value)} />
        ))}
      </dl>
    </div>
  )
}

function Attribute({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}

/** A picture that is somewhere else and may be gone; then there is none. Its server learns nothing of us. */
function Picture({ address, name }: { address: string; name: string }) {
  const t = useT()
  const [gone, setGone] = useState(false)
  if (gone) return <p className="soft">{t('catalog.image_gone')}</p>
  return (
    <img
      className="product-picture"
      src={address}
      alt={name}
      loading="lazy"
      referrerPolicy="no-referrer"
      onError={() => setGone(true)}
    />
  )
}
