import { sql } from 'kysely'
import { unknownTo, veiled } from '#know/customers/index.ts'
import { ownFieldsOf } from '#know/fields/index.ts'
import { merchantOf } from '#know/shops/index.ts'
import { tagFamilies } from '#know/tags/index.ts'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import { thresholdsOf } from '#understand/lifecycle/index.ts'
import { type Condition, type CustomerQuery, customerQuery } from '#understand/query/contract.ts'
import {
  type Lens,
  type Looks,
  lensOf,
  type Many,
  measuresOf,
  type Plan,
  type Position,
  planOf,
  refuseCostly,
  withSegments,
  type Yardstick,
} from '#understand/query/index.ts'
import { rulersOf } from './rulers.ts'

/** What a question needs to know of this shop: thresholds where it asks for stages, cuts where it asks for scores or classes. */
async function yardstickFor(ctx: Context, where: Condition, lens: Lens): Promise<Yardstick> {
  const needs = measuresOf(where)
  return {
    asOf: lens.asOf,
    thresholds: needs.has('thresholds') ? (await thresholdsOf(ctx)).value : undefined,
    cuts: needs.has('cuts') ? await rulersOf(ctx, lens) : undefined,
    tags: needs.has('tags') ? await tagFamilies(ctx) : undefined,
    zone: needs.has('zone') ? (await merchantOf(ctx)).zone : undefined,
    ...(needs.has('positions')
      ? { positions: await positionsOf(ctx), exact: !veiled(ctx.actor).includes('address') }
      : {}),
    model: needs.has('model') ? await currentModel(ctx) : undefined,
  }
}

/** Where the shops stand that the actor sees. */
async function positionsOf({ db, actor: { scope } }: Context): Promise<Position[]> {
  const mine = scope.kind === 'shops' ? sql`and id = any(${scope.shopIds}::int[])` : sql``
  const { rows } = await sql<Position>`
    select id, latitude, longitude, archived_at is not null as archived from shops
     where latitude is not null ${mine} order by id limit 1000`.execute(db)
  return rows
}

/** The model of what is next for whom that holds (understand/recommend, which stands above). */
async function currentModel(ctx: Context): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    select id from recommend_models where state = 'done' order by id desc limit 1`.execute(ctx.db)
  return rows[0]?.id
}

/** A question as the actor may ask it, ready to run: by `findCustomers`, `countCustomers`, `findAll`. */
export async function planFor(
  ctx: Context,
  asked: Looks & { where?: Condition; sort?: CustomerQuery['sort'] },
): Promise<Plan> {
  const { where: question, sort } = customerQuery.parse({ where: asked.where, sort: asked.sort })
  const where = await askable(ctx, question)
  const lens = await lensOf(ctx, asked)
  return planOf(where, sort, lens, await yardstickFor(ctx, where, lens))
}

/**
 * Several questions of the house itself, whatever they cost together, ready to be asked in one statement; segments that they name are in
 * their place already. Questions are in the order given.
 */
export async function planMany(ctx: Context, questions: readonly Condition[], looks: Looks = {}): Promise<Many> {
  const lens = await lensOf(ctx, looks)
  const together: Condition = { is: 'or', of: [...questions] }
  const { where, yardstick } = planOf(
    together,
    { by: 'added', direction: 'up' },
    lens,
    await yardstickFor(ctx, together, lens),
  )
  return { lens, yardstick, conditions: where.is === 'or' ? where.of : [] }
}

/**
 * A question as the actor may ask it, with the segments that it names put in their place.
 * @throws Refusal `value.hidden_field`, `query.too_costly`, `query.unknown_segment`
 */
async function askable(ctx: Context, question: Condition): Promise<Condition> {
  const where = await withSegments(ctx, question)
  refuseCostly(where)
  await refuseHidden(ctx, where)
  return where
}

/**
 * Who is not shown what stands in a field does not find people by it either: a count would tell it.
 * @throws Refusal `value.hidden_field`
 */
async function refuseHidden(ctx: Context, where: Condition): Promise<void> {
  refuseHiddenBirthday(ctx, where)
  const asked = ownAsked(where)
  if (asked.length === 0 || !veiled(ctx.actor).includes('notes')) return
  const fields = await ownFieldsOf(ctx)
  if (fields.some(({ id, sensitive }) => sensitive && asked.includes(id))) {
    throw new Refusal('forbidden', 'value.hidden_field')
  }
}

/** Whose mask leaves the month of a birthday may ask for the month. */
function refuseHiddenBirthday({ actor }: Context, where: Condition): void {
  if (!veiled(actor).includes('birthday')) return
  const asked = birthAsked(where)
  const monthsOnly = asked.every((one) => one === 'month') && !unknownTo(actor).includes('birthday')
  if (asked.length > 0 && !monthsOnly) throw new Refusal('forbidden', 'value.hidden_field')
}

function birthAsked(tree: Condition): ('month' | 'day')[] {
  switch (tree.is) {
    case 'and':
    case 'or':
      return tree.of.flatMap(birthAsked)
    case 'not':
      return birthAsked(tree.of)
    case 'birthMonth':
      return ['month']
    case 'age':
      return ['day']
    case 'daysTo':
      return tree.of === 'birthday' ? ['day'] : []
    case 'known':
      return tree.field === 'birthYear' ? ['day'] : tree.field === 'birthday' ? ['month'] : []
    case 'orders':
    case 'orderDay':
      return tree.sinceBirthday ? ['day'] : []
    default:
      return []
  }
}

function ownAsked(tree: Condition): number[] {
  if (tree.is === 'and' || tree.is === 'or') return tree.of.flatMap(ownAsked)
  if (tree.is === 'not') return ownAsked(tree.of)
  return tree.is === 'own' ? [tree.fieldId] : []
}
