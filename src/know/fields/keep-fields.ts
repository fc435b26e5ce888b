import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction, lockFor } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { FieldKind, OwnField } from './contract.ts'
import { fieldChanged, fieldMade, fieldRemoved } from './facts.ts'
import { ownFieldOf } from './own-fields.ts'

const mostFields = 200
type Choices = { id?: number; name: string }[]

/** Few acts, and names mean one field: they take turns. */
const turn = (ctx: Context) => lockFor(ctx, 'fields')

/** @throws Refusal `fields.taken_name`, `fields.no_choices`, `fields.same_choice`, `fields.too_many` */
export function addField(
  ctx: Context,
  { name, kind, choices, sensitive }: { name: string; kind: FieldKind; choices: Choices; sensitive: boolean },
): Promise<OwnField> {
  return inTransaction(ctx, async (ctx) => {
    await turn(ctx)
    await refuseTaken(ctx, name)
    const { rows } = await sql<{ id: number }>`
      insert into own_fields (name, kind, choices, last_choice, sensitive, place, actor)
      select ${name}, ${kind}, ${JSON.stringify(numbered(kind, choices))}::jsonb, ${choices.length}, ${sensitive}, 1 + coalesce(max(place), 0), ${ctx.actor.label}
        from own_fields having count(*) < ${mostFields}
      returning id`.execute(ctx.db)
    if (!rows[0]) throw new Refusal('conflict', 'fields.too_many')
    await announce(ctx, fieldMade, { subjectId: rows[0].id, data: { kind } })
    return ownFieldOf(ctx, rows[0].id)
  })
}

/**
 * Renames a field, changes its choices or its place, or says whether it is sensitive; its kind stays, because values have it.
 * @throws Refusal `fields.unknown`, `http.stale`, `fields.taken_name`, `fields.no_choices`, `fields.same_choice`, `fields.choice_in_use`
 */
export function editField(
  ctx: Context,
  version: number,
  { id, place, ...change }: { id: number; name?: string; choices?: Choices; sensitive?: boolean; place?: number },
): Promise<OwnField> {
  return inTransaction(ctx, async (ctx) => {
    await turn(ctx)
    const before = await ownFieldOf(ctx, id)
    if (before.version !== version) throw new Refusal('stale', 'http.stale')
    if (change.name !== undefined) await refuseTaken(ctx, change.name, id)
    const choices = change.choices && numbered(before.kind, change.choices, before.choices, await lastChoice(ctx, id))
    if (choices) await refuseUsed(ctx, before, choices)
    await sql`
      update own_fields set name = coalesce(${change.name ?? null}, name), sensitive = coalesce(${change.sensitive ?? null}, sensitive),
             choices = coalesce(${choices ? JSON.stringify(choices) : null}::jsonb, choices),
             last_choice = greatest(last_choice, ${Math.max(0, ...(choices ?? []).map((one) => one.id))}::int), version = version + 1
       where id = ${id}`.execute(ctx.db)
    if (place !== undefined) await putAt(ctx, id, place)
    await announce(ctx, fieldChanged, {
      subjectId: id,
      data: { fields: [...Object.keys(change), ...(place === undefined ? [] : ['place'])] },
    })
    return ownFieldOf(ctx, id)
  })
}

/** @throws Refusal `fields.unknown`, `fields.in_use` with how many people */
export function removeField(ctx: Context, id: number): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    await turn(ctx)
    await ownFieldOf(ctx, id)
    // Whoever says a value at this moment holds the field's row shared (know/customers/own-values.ts): one of the two waits.
    await sql`select from own_fields where id = ${id} for update`.execute(ctx.db)
    const people = await usersOf(ctx, id)
    if (people > 0) throw new Refusal('conflict', 'fields.in_use', { people })
    await sql`delete from own_fields where id = ${id}`.execute(ctx.db)
    await announce(ctx, fieldRemoved, { subjectId: id, data: {} })
  })
}

/** How many profiles have a value, at most 1,000; of one choice, where one is given. */
async function usersOf(ctx: Context, id: number, choiceId?: number): Promise<number> {
  const { rows } = await sql<{ people: number }>`
    select count(*) as people from (
      select 1 from own_values where field_id = ${id} and value is not null
         ${choiceId === undefined ? sql`` : sql`and (value = to_jsonb(${choiceId}::int) or value @> to_jsonb(array[${choiceId}::int]))`}
       limit 1000) as used`.execute(ctx.db)
  return rows[0]!.people
}

async function lastChoice(ctx: Context, id: number): Promise<number> {
  const { rows } = await sql<{ last: number }>`select last_choice as last from own_fields where id = ${id}`.execute(
    ctx.db,
  )
  return rows[0]!.last
}

async function refuseUsed(ctx: Context, before: OwnField, choices: readonly { id: number }[]): Promise<void> {
  await sql`select from own_fields where id = ${before.id} for update`.execute(ctx.db)
  for (const gone of before.choices.filter((one) => !choices.some(({ id }) => id === one.id))) {
    const people = await usersOf(ctx, before.id, gone.id)
    if (people > 0) throw new Refusal('conflict', 'fields.choice_in_use', { people, choice: gone.name })
  }
}

/** Choices with numbers that never come again while the field lives. */
function numbered(
  kind: FieldKind,
  choices: Choices,
  before: readonly { id: number }[] = [],
  last = 0,
): { id: number; name: string }[] {
  if (kind !== 'choice' && kind !== 'choices') return []
  if (choices.length === 0) throw new Refusal('invalid', 'fields.no_choices')
  const names = new Set(choices.map(({ name }) => name.toLowerCase()))
  if (names.size < choices.length) throw new Refusal('invalid', 'fields.same_choice')
  let next = last
  return choices.map(({ id, name }) => {
    if (id !== undefined && before.some((one) => one.id === id)) return { id, name }
    next += 1
    return { id: next, name }
  })
}

async function putAt(ctx: Context, id: number, place: number): Promise<void> {
  await sql`
    update own_fields set place = ordered.place
      from (select id, row_number() over (order by case when id = ${id} then ${place - 0.5}::numeric else rank end) as place
              from (select id, row_number() over (order by place, id) as rank from own_fields where id <> ${id}
                    union all select ${id}::int, 0) as ranked) as ordered
     where own_fields.id = ordered.id and own_fields.place <> ordered.place`.execute(ctx.db)
}

async function refuseTaken(ctx: Context, name: string, but = 0): Promise<void> {
  const { rows } = await sql`select from own_fields where lower(name) = lower(${name}) and id <> ${but}`.execute(ctx.db)
  if (rows.length > 0) throw new Refusal('conflict', 'fields.taken_name')
}
