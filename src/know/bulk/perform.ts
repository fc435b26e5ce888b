import {
  checkedOwn,
  type Listed,
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

type Pick = Extract<BulkDo, { do: 'pick' }>

/** Picking for segments, which stand above: understand/segments hands it in. */
export type Picking = {
  check(ctx: Context, act: Pick): Promise<void>
  /** @returns whom it changed, with what stood there */
  perform(ctx: Context, customerIds: readonly number[], act: Pick, ref: string): Promise<Written[]>
  /** @returns at whom */
  takeBack(ctx: Context, written: TakenBack, act: { ref: string; segmentId: number }): Promise<number[]>
}

/** What higher modules hand in: whom their lists show, and acts of theirs. */
export type Plugs = { listed?: Listed; picking?: Picking }

/** By which name rows of an act are known to be its own. */
export const refOf = (id: number) => `bulk:${id}`

/** Whether an act can be done at all, before anybody is touched. @throws Refusal of the module whose act it is */
export async function checkAct(ctx: Context, act: BulkDo, { picking }: Plugs): Promise<BulkDo> {
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
    case 'pick':
      await handed(picking).check(ctx, act)
      return act
  }
}

/** Does it to some, whose rows the caller holds. @returns whom it changed, with what stood there */
export function perform(
  ctx: Context,
  id: number,
  act: BulkDo,
  customerIds: readonly number[],
  { picking }: Plugs,
): Promise<Written[]> {
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
    case 'pick':
      return handed(picking).perform(ctx, customerIds, act, refOf(id))
  }
}

/** Takes it back at some. @returns at whom: the others were changed since, or are as before already */
export function takeBack(
  ctx: Context,
  id: number,
  act: BulkDo,
  written: TakenBack,
  { picking }: Plugs,
): Promise<number[]> {
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
    case 'pick':
      return handed(picking).takeBack(ctx, written, { ref: refOf(id), segmentId: act.segmentId })
  }
}

function handed(picking: Picking | undefined): Picking {
  if (!picking) throw new Error('no module has handed in how to pick for segments')
  return picking
}
