import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { ordersContract } from '#know/orders/contract.ts'
import { apiOf } from '#web/api.ts'
import { useT } from '#web/i18n.ts'
import { Choices } from '#web/kit/Choices.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { reviews } from './reviews-api.ts'
import { useReviewsChanged } from './use-reviews.ts'

const orders = apiOf('orders', ordersContract)

/** A review told by hand: stars first, then of which line, what was said and where. Of an order, or of a customer. */
export function ReviewForm(props: { orderId?: number; customerId?: number; onDone: () => void }) {
  const t = useT()
  const changed = useReviewsChanged()
  const order = useQuery(
    orders.query.get.queryOptions({ input: { id: props.orderId ?? 0 }, enabled: props.orderId !== undefined }),
  )
  const lines = (order.data?.lines ?? []).filter(({ goods }) => goods)
  const [rating, setRating] = useState('5')
  const [line, setLine] = useState<number>()
  const [words, setWords] = useState('')
  const [channel, setChannel] = useState('')
  const chosen = line ?? (lines.length === 1 ? lines[0]!.line : undefined)
  const add = useMutation({
    mutationFn: () =>
      reviews.call.add({
        orderId: props.orderId,
        customerId: props.orderId === undefined ? props.customerId : undefined,
        line: chosen,
        rating: Number(rating),
        words: words.trim() || undefined,
        channel: channel.trim() || undefined,
      }),
    async onSuccess() {
      await changed()
      props.onDone()
    },
  })
  return (
    <form
      className="review-form"
      onSubmit={(event) => {
        event.preventDefault()
        add.mutate()
      }}
    >
      <Choices
        label={t('reviews.rating')}
        value={rating}
        options={['1', '2', '3', '4', '5'].map((value) => ({ value, label: `${value} ★` }))}
        onPick={setRating}
      />
      {lines.length > 1 && (
        <Select
          aria-label={t('reviews.line')}
          placeholder={t('reviews.line')}
          allowClear
          value={line}
          onChange={setLine}
          options={lines.map((one) => ({ value: one.line, label: one.name ?? one.product?.code ?? `${one.line}` }))}
        />
      )}
      <Input.TextArea
        aria-label={t('reviews.words')}
        placeholder={t('reviews.words')}
        value={words}
        maxLength={4000}
        autoSize={{ minRows: 2, maxRows: 8 }}
        onChange={(event) => setWords(event.target.value)}
      />
      <Input
        aria-label={t('reviews.channel')}
        placeholder={t('reviews.channel')}
        value={channel}
        maxLength={60}
        onChange={(event) => setChannel(event.target.value)}
      />
      <ErrorNote error={add.error} />
      <div className="note-actions">
        <Button type="primary" htmlType="submit" loading={add.isPending}>
          {t('web.save')}
        </Button>
        <QuietButton onClick={props.onDone}>{t('web.cancel')}</QuietButton>
      </div>
    </form>
  )
}
