import {
  checkedOwn,
  ownMany,
  refuseUnknownOwner,
  sayOwnMany,
  type TakenBack,
  takeBackOwn,
  takeBackOwners,
  type Written,
} from '#know/customers/index.ts'
import { addMannerMany, refuseImpossible, takeBackManners } from '#know/manners/index.ts'
import { giveTagMany, tagOf, takeBackTags, takeTagMany } from '#know/tags/index.ts'
import type { Context } from '#platform/context.ts'
import type { BulkDo } from './contract.ts'

/** By which name rows of an act are known to be its own. */
export const refOf = (id: number) => `bulk:${id}`

/** Whether an act can be done at all, before anybody is touched. @throws Refusal of the module whose act it is */
export async function checkAct(ctx: Context, act: BulkDo): Promise<BulkDo> {
  switch (act.do) {
    case 'tag':
    case 'untag':
      await tagOf(ctx, act.tagId)
      return act
    case 'field': {
      const { field, value } = act
      return { ...act, value: (await checkedOwn(ctx, { [field]: value ?? null } as Record<string, unknown>))[field] }
    }
    case 'owner':
      await refuseUnknownOwner(ctx, act.ownerId)
      return act
    case 'manner':
      await refuseImpossible(ctx, act)
      return act
  }
}

/** Does it to some, whose rows the caller holds. @returns whom it changed, with what stood there */
export function perform(ctx: Context, id: number, act: BulkDo, customerIds: readonly number[]): Promise<Written[]> {
  switch (act.do) {
    case 'tag':
      return giveTagMany(ctx, customerIds, act, refOf(id))
    case 'untag':
      return takeTagMany(ctx, customerIds, act, refOf(id))
    case 'field':
      return sayOwnMany(ctx, customerIds, act)
    case 'owner':
      return ownMany(ctx, customerIds, act)
    case 'manner':
      return addMannerMany(ctx, customerIds, act)
  }
}

/** Takes it back at some. @returns at whom: the others were changed since, or are as before already */
export function takeBack(ctx: Context, id: number, act: BulkDo, written: TakenBack): Promise<number[]> {
  switch (act.do) {
    case 'tag':
    case 'untag':
      return takeBackTags(ctx, written, { ref: refOf(id), tagId: act.tagId, gave: act.do === 'tag' })
    case 'field':
      return takeBackOwn(ctx, written, act.field)
    case 'owner':
      return takeBackOwners(ctx, written)
    case 'manner':
      return takeBackManners(ctx, written, act.rule)
  }
}
