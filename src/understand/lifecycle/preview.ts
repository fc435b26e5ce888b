import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Condition } from '#understand/query/contract.ts'
import { lensOf } from '#understand/query/index.ts'
import { type Distribution, type Goods, type Move, type Thresholds, thresholds } from './contract.ts'
import { compareThresholds } from './distribution.ts'
import { bothSilences, keyOf, silenceOf, silentFor } from './goods/goods.ts'
import { goodsThresholds, nameOfGoods } from './goods/goods-thresholds.ts'
import { previewGoods } from './goods/preview-goods.ts'
import { thresholdsOf } from './thresholds.ts'

export type Preview = { before: Distribution; after: Distribution; moves: (Move & { people: Condition })[] }

/**
 * How many customers would move today if these thresholds were saved, of the shop or of some goods, each move with who they are.
 * @throws Refusal `lifecycle.not_rising`, `lifecycle.unknown_goods`
 */
export async function previewThresholds(
  ctx: Context,
  { of, ...wanted }: Thresholds & { of?: Goods },
): Promise<Preview> {
  if (!thresholds.safeParse(wanted).success) throw new Refusal('invalid', 'lifecycle.not_rising')
  if (of) await nameOfGoods(ctx, of)
  const { value: shops } = await thresholdsOf(ctx)
  const now = (of && (await goodsThresholds(ctx)).get(keyOf(of))?.thresholds) ?? shops
  const { moves, ...counts } = of
    ? await previewGoods(ctx, of, now, wanted)
    : await compareThresholds(ctx, await lensOf(ctx), now, wanted)
  return {
    ...counts,
    moves: moves.flatMap((move) => {
      const [from, to] = [silenceOf(move.from, now), silenceOf(move.to, wanted)]
      const both = from && to && bothSilences(from, to)
      return both ? [{ ...move, people: silentFor(both, of) }] : []
    }),
  }
}
