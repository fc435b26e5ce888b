import { createHash } from 'node:crypto'
import type { Batch, ReviewPart } from './batch.ts'
import type { Cells } from './cells.ts'
import type { Values } from './values.ts'

/** Words of marketplaces that have no stars. */
const words: Readonly<Record<string, number>> = { 好评: 5, 好評: 5, 中评: 3, 中評: 3, 差评: 1, 差評: 1 }

/**
 * What a row says of what was bought: a row without a rating says nothing. Read before anything of the row is kept, as what cannot be used is
 * thrown.
 * @param latest reviews after this instant are refused
 */
export function reviewReader(
  cells: Cells,
  { instant, identifier, words: text, problem }: Values,
  latest: string,
): (cell: string[]) => Omit<ReviewPart, 'row' | 'number' | 'externalId' | 'code'> | undefined {
  if (!cells.has('review.rating')) return () => undefined

  return (cell) => {
    const said = cells.text(cell, 'review.rating')
    if (said === '') return undefined
    const rating = ratingOf(said)
    if (rating === undefined) throw problem('exchange.bad_rating', 'review.rating', said)
    const at = instant(cell, 'review.at')
    if (at === undefined) throw problem('exchange.no_review_date', 'review.at', '')
    if (at > latest) throw problem('exchange.future', 'review.at', cells.text(cell, 'review.at'))
    return {
      id: identifier(cell, 'review.id'),
      rating,
      at,
      words: text(cell, 'review.words', 4000),
      channel: text(cell, 'review.channel', 60),
    }
  }
}

/** 1 to 5, as 4, 4.0, 4 星, 4/5, ★★★★, or a marketplace's word. */
function ratingOf(said: string): number | undefined {
  const plain = said.normalize('NFKC').trim()
  const [, figure] = /^([1-5])(?:\.0+)?\s*(?:星|顆星|颗星|stars?|分|\/\s*5)?$/i.exec(plain) ?? []
  if (figure) return Number(figure)
  const [, stars] = /^(★{1,5})☆*$/.exec(plain) ?? []
  return stars ? stars.length : words[plain]
}

/** A review is told once under the number that its source gives it; without one, once of an order, or a person, and a product, at a time. */
export function addReview(batch: Batch, review: ReviewPart): void {
  const key =
    review.id ||
    `#${createHash('md5')
      .update([review.number || `@${review.externalId}`, review.code, review.at].join('\u0001'))
      .digest('hex')}`
  batch.reviews.set(key, { ...review, id: key })
}
