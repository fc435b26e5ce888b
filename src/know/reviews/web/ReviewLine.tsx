import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { notify } from '#web/kit/notice.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { InstantText } from '#web/kit/values.tsx'
import { useMay } from '#web/session.ts'
import type { Review } from '../contract.ts'
import { Rating } from './Rating.tsx'
import { reviews } from './reviews-api.ts'
import { useReviewsChanged } from './use-reviews.ts'

/** A review: how many stars, who, of what, the words, and the shop's answer. `hides` what the page says already. */
export function ReviewLine({ of, hides }: { of: Review; hides?: 'customer' | 'product' | 'order' }) {
  const t = useT()
  const mayEdit = useMay()('customers.edit')
  const changed = useReviewsChanged()
  const [answering, setAnswering] = useState(false)
  const remove = useMutation({
    mutationFn: () => reviews.call.remove({ id: of.id }, { context: { ifMatch: of.version } }),
    onSuccess() {
      notify(t('reviews.was_removed'), { undo: of.source === null ? () => add.mutate() : undefined })
    },
    onSettled: changed,
  })
  const add = useMutation({
    mutationFn: () =>
      reviews.call.add({
        orderId: of.order?.id,
        line: of.order?.line ?? undefined,
        customerId: of.order ? undefined : of.customer?.id,
        productId: of.product?.id,
        rating: of.rating,
        words: of.words ?? undefined,
        channel: of.channel ?? undefined,
        at: of.at,
        answer: of.answer?.words,
      }),
    onSettled: changed,
  })
  return (
    <li>
      <div className="review-head">
        <Rating of={of.rating} />
        {hides !== 'customer' && of.customer && (
          <Link to={`/customers/${of.customer.id}`}>
            {of.customer.name ?? of.customer.number ?? `#${of.customer.id}`}
          </Link>
        )}
        {hides !== 'product' && of.product && <Link to={`/products/${of.product.id}`}>{of.product.name}</Link>}
        <span className="soft">{[of.channel, of.source].filter(Boolean).join(' · ')}</span>
        <span className="soft">
          <InstantText at={of.at} />
        </span>
        {hides !== 'order' && of.order && <Link to={`/orders/${of.order.id}`}>{of.order.number}</Link>}
      </div>
      {of.words && <p className="review-words">{of.words}</p>}
      {of.answer && !answering && (
        <p className="review-answer">
          {of.answer.words}{' '}
          <span className="soft">
            {of.answer.actorName} <InstantText at={of.answer.at} />
          </span>
        </p>
      )}
      <ErrorNote error={remove.error ?? add.error} />
      {answering ? (
        <AnswerForm of={of} onDone={() => setAnswering(false)} />
      ) : (
        mayEdit && (
          <div className="note-actions">
            <QuietButton onClick={() => setAnswering(true)}>
              {t(of.answer ? 'reviews.answer_change' : 'reviews.answer')}
            </QuietButton>
            <QuietButton disabled={remove.isPending} onClick={() => remove.mutate()}>
              {t('reviews.remove')}
            </QuietButton>
          </div>
        )
      )}
    </li>
  )
}

function AnswerForm({ of, onDone }: { of: Review; onDone: () => void }) {
  const t = useT()
  const changed = useReviewsChanged()
  const [words, setWords] = useState(of.answer?.words ?? '')
  const save = useMutation({
    mutationFn: () =>
      reviews.call.answer({ id: of.id, words: words.trim() || null }, { context: { ifMatch: of.version } }),
    async onSuccess() {
      await changed()
      onDone()
    },
  })
  return (
    <form
      className="review-form"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <Input.TextArea
        autoFocus
        aria-label={t('reviews.answer_words')}
        placeholder={t('reviews.answer_words')}
        value={words}
        maxLength={4000}
        autoSize={{ minRows: 2, maxRows: 8 }}
        onChange={(event) => setWords(event.target.value)}
      />
      <ErrorNote error={save.error} />
      <div className="note-actions">
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('web.save')}
        </Button>
        <QuietButton onClick={onDone}>{t('web.cancel')}</QuietButton>
      </div>
    </form>
  )
}
