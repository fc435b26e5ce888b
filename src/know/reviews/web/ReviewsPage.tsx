import { useQuery } from '@tanstack/react-query'
import { catalogContract } from '#know/catalog/contract.ts'
import { apiOf } from '#web/api.ts'
import { useT } from '#web/i18n.ts'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Filter, FilterBar } from '#web/kit/FilterBar.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { Waiting } from '#web/kit/Waiting.tsx'
import { useView } from '#web/place.ts'
import type { Review } from '../contract.ts'
import { ReviewLine } from './ReviewLine.tsx'
import { useReviews } from './use-reviews.ts'
import './reviews.css'

const catalog = apiOf('catalog', catalogContract)
const all = { product: '', rated: '', answered: '' }

/** All reviews, the newest first; those of a product where its number opened them. */
export function ReviewsPage() {
  const t = useT()
  const [view, setView] = useView(all)
  const productId = /^\d{1,15}$/.test(view.product) ? Number(view.product) : undefined
  const product = useQuery(
    catalog.query.get.queryOptions({ input: { id: productId ?? 0 }, enabled: productId !== undefined }),
  )
  const list = useReviews(
    {
      productId,
      atMost: view.rated ? Number(view.rated) : undefined,
      unanswered: view.answered === 'no' ? true : undefined,
    },
    30,
  )
  const filtered = Object.values(view).some(Boolean)
  const items = list.data?.pages.flatMap((page) => page.items) as Review[] | undefined
  return (
    <PageFrame
      title={t('reviews.title')}
      subtitle={product.data && (product.data.name ?? product.data.code)}
      back={productId ? { to: `/products/${productId}`, label: product.data?.name ?? t('reviews.product') } : undefined}
    >
      <FilterBar onClear={filtered ? () => setView(all) : undefined}>
        <Filter
          label={t('reviews.rating')}
          value={view.rated}
          options={['1', '2', '3'].map((value) => ({ value, label: t('reviews.at_most', { rating: value }) }))}
          onPick={(rated) => setView({ rated })}
        />
        <Filter
          label={t('reviews.answer')}
          value={view.answered}
          options={[{ value: 'no', label: t('reviews.unanswered') }]}
          onPick={(answered) => setView({ answered })}
        />
      </FilterBar>
      <ErrorNote error={list.error} again={list.refetch} />
      {!items && !list.error && <Waiting rows={4} />}
      {items?.length === 0 && (
        <EmptyState title={t(filtered ? 'reviews.none_found' : 'reviews.none')}>{t('reviews.none_means')}</EmptyState>
      )}
      {items && items.length > 0 && (
        <ul className="reviews" aria-label={t('reviews.title')}>
          {items.map((one) => (
            <ReviewLine key={one.id} of={one} hides={productId ? 'product' : undefined} />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <QuietButton disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('reviews.older')}
        </QuietButton>
      )}
    </PageFrame>
  )
}
