import { implement } from '@orpc/server'
import { editedVersion, type RequestContext, tagVersion } from '#platform/http/index.ts'
import { beforePurchaseOf } from './before/before-purchase.ts'
import { lifeOf } from './before/life.ts'
import { lifecycleContract } from './contract.ts'
import { flowOf } from './flow.ts'
import { gapsOf } from './goods/gaps.ts'
import { keyOf } from './goods/goods.ts'
import { goodsOfCustomer } from './goods/goods-of-customer.ts'
import { goodsThresholds, nameOfGoods, saveGoodsThresholds } from './goods/goods-thresholds.ts'
import { stagesByGoods } from './goods/stages-by-goods.ts'
import { previewThresholds } from './preview.ts'
import { defaultThresholds } from './stage.ts'
import { saveThresholds, thresholdsOf } from './thresholds.ts'
import { transitionsOf } from './transitions.ts'
import { turningOf } from './turning.ts'

const api = implement(lifecycleContract).$context<RequestContext>()

export const lifecycleRouter = api.router({
  thresholds: api.thresholds.handler(async ({ context }) => {
    const { value, version } = await thresholdsOf(context)
    tagVersion(context, version)
    return { thresholds: value, defaults: defaultThresholds, version }
  }),
  saveThresholds: api.saveThresholds.handler(async ({ context, input }) => {
    const { value, version } = await saveThresholds(context, input, editedVersion(context))
    tagVersion(context, version)
    return { thresholds: value, version }
  }),
  preview: api.preview.handler(({ context, input }) => previewThresholds(context, input)),
  flow: api.flow.handler(({ context, input }) => flowOf(context, input)),
  transitions: api.transitions.handler(async ({ context, input }) => ({ moves: await transitionsOf(context, input) })),
  turning: api.turning.handler(({ context, input }) => turningOf(context, input)),
  goods: api.goods.handler(({ context, input }) => stagesByGoods(context, input)),
  goodsOfCustomer: api.goodsOfCustomer.handler(({ context, input }) => goodsOfCustomer(context, input.id)),
  goodsThresholds: api.goodsThresholds.handler(async ({ context, input: { of } }) => {
    const [name, own, { value: shops }] = await Promise.all([
      nameOfGoods(context, of),
      goodsThresholds(context),
      thresholdsOf(context),
    ])
    const its = own.get(keyOf(of))
    return { name, shops, thresholds: its?.thresholds ?? null, version: its?.version ?? 0 }
  }),
  saveGoodsThresholds: api.saveGoodsThresholds.handler(({ context, input }) =>
    saveGoodsThresholds(context, input, editedVersion(context)),
  ),
  life: api.life.handler(({ context, input }) => lifeOf(context, input)),
  beforePurchase: api.beforePurchase.handler(({ context, input }) => beforePurchaseOf(context, input.id)),
  gaps: api.gaps.handler(({ context, input }) => gapsOf(context, input.of)),
})
