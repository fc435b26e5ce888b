import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useLocale, useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { countText } from '#web/kit/formats.ts'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { Waiting } from '#web/kit/Waiting.tsx'
import { useMay } from '#web/session.ts'
import type { Review } from '../contract.ts'
import { Rating } from './Rating.tsx'
import { ReviewForm } from './ReviewForm.tsx'
import { ReviewLine } from './ReviewLine.tsx'
import { reviews } from './reviews-api.ts'
import { useReviews } from './use-reviews.ts'
import './reviews.css'

/** What the buyer said of an order, and telling it. */
export function OrderReviews({ id }: { id: number }) {
  return <Reviews of={{ orderId: id }} hides="order" />
}

/** What a customer said of what was bought. */
export function CustomerReviews({ id }: { id: number }) {
  return <Reviews of={{ customerId: id }} hides="customer" />
}

function Reviews({ of, hides }: { of: { orderId?: number; customerId?: number }; hides: 'order' | 'customer' }) {
  const t = useT()
  const mayEdit = useMay()('customers.edit')
  const [adding, setAdding] = useState(false)
  return (
    <>
      <Lines of={of} hides={hides} />
      {adding ? (
        <ReviewForm {...of} onDone={() => setAdding(false)} />
      ) : (
        mayEdit && (
          <QuietButton icon="add" onClick={() => setAdding(true)}>
            {t('reviews.add')}
          </QuietButton>
        )
      )}
    </>
  )
}

/** How a product is rated; the number opens the reviews behind it. */
export function ProductReviews({ id }: { id: number }) {
  const t = useT()
  const locale = useLocale()
  const { data } = useQuery(reviews.query.summary.queryOptions({ input: { id } }))
  return (
    <>
      {data?.average != null && (
        <p className="review-average">
          <strong>{countText(locale, data.average, 1)}</strong> <Rating of={data.average} />
          <Link to="/reviews" search={{ product: String(id) } as never}>
            {t('reviews.count', { count: data.count })}
          </Link>
        </p>
      )}
      <Lines of={{ productId: id }} hides="product" />
    </>
  )
}

function Lines({
  of,
  hides,
}: {
  of: { productId?: number; orderId?: number; customerId?: number }
  hides: 'order' | 'customer' | 'product'
}) {
  const t = useT()
  const list = useReviews(of, 5)
  if (!list.data) return list.error ? <ErrorNote error={list.error} again={list.refetch} /> : <Waiting rows={1} />
  const items = list.data.pages.flatMap((page) => page.items) as Review[]
  if (items.length === 0) return <p className="soft">{t('reviews.none')}</p>
  return (
    <>
      <ul className="reviews" aria-label={t('reviews.title')}>
        {items.map((one) => (
          <ReviewLine key={one.id} of={one} hides={hides} />
        ))}
      </ul>
      {list.hasNextPage && (
        <QuietButton disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('reviews.older')}
        </QuietButton>
      )}
    </>
  )
}
