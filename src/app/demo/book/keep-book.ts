import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { demoShopOf, type Told } from '../record.ts'
import { answerReviews } from './answers.ts'
import { cameFor, keepCosts, tellArrivals } from './arrivals.ts'
import { consentsFor, recordAll } from './consents.ts'
import { familiesAmong, tellFamilies } from './families.ts'
import { sayFields, valuesFor } from './fields.ts'
import { knowKin } from './kin.ts'
import { mannersFor, sayManners } from './manners.ts'
import { staffProfiles } from './said.ts'
import { keepStates, statesFor } from './states.ts'
import { giveTags, tagsFor } from './tags.ts'
import { talksFor, tellTalks } from './talks.ts'
import { knowWechat } from './wechat.ts'
import { type Acquaintance, acquaintances } from './whom.ts'

/**
 * What the people of the demo shop keep of its customers: tags, fields of the shop's own, talks and what was promised in them, manners,
 * consents and single taps, where they came from and what that cost, answers to reviews, families and joined accounts. Once, when the history is made, in one transaction and set-wise; nothing the second time.
 */
export async function keepBook(ctx: Context, { known }: Pick<Told, 'known'>): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    // Of a million customers one reading of all orders takes longer than a verb may; nobody waits behind it yet.
    await sql`select set_config(name, '0', true) from unnest(array['statement_timeout', 'idle_in_transaction_session_timeout']) as name`.execute(
      ctx.db,
    )
    const { rows } = await sql`select from own_fields limit 1`.execute(ctx.db)
    const shop = await demoShopOf(ctx)
    if (rows.length > 0 || !shop) return
    const people = await acquaintances(ctx, shop)
    const now = ctx.clock.now().getTime()
    const all = {
      tags: people.flatMap((one) => [...tagsFor(one, now)]),
      values: people.flatMap((one) => [...valuesFor(one, now)]),
      talks: people.flatMap((one) => talksFor(one, now)),
      manners: people.flatMap((one) => [...mannersFor(one)]),
      states: people.flatMap((one) => [...statesFor(one)]),
      consents: people.flatMap((one) => [...consentsFor(one, now)]),
    }
    const related = familiesAmong(people)
    const spoken = [...all.tags, ...all.values, ...all.talks, ...all.manners, ...all.states].map(
      ({ of }) => of.customerId,
    )
    spoken.push(...related.flatMap(({ of, other }) => [of.customerId, other.customerId]))
    const profiles = await staffProfiles(ctx, spoken)
    const owner = await ownerOf(ctx)
    const by = {
      profileOf: (id: number) => profiles.get(id)!,
      // Companies and great collectors are the owner's own.
      writerOf: ({ agent: { habit, purse, outlet } }: Acquaintance) =>
        owner && (habit === 'house' || (habit === 'collector' && purse === 3)) ? owner : known.writers[outlet.letter]!,
    }
    await giveTags(ctx, all.tags, by)
    await sayFields(ctx, all.values, by)
    await tellTalks(ctx, all.talks, by)
    await sayManners(ctx, all.manners, by)
    await keepStates(ctx, all.states, by)
    await recordAll(ctx, all.consents, by)
    await tellFamilies(ctx, related, by)
    await tellArrivals(ctx, cameFor(people))
    await keepCosts(ctx, shop, known.writers.W!)
    await knowWechat(ctx, people)
    await answerReviews(ctx, known.writers.W!)
    await knowKin({ ...ctx, actor: { ...ctx.actor, label: known.writers.W! } }, people)
  })
}

async function ownerOf(ctx: Context): Promise<string | undefined> {
  const { rows } = await sql<{ label: string }>`
    select 'staff:' || id as label from staff where role = 'owner' and deactivated_at is null order by id limit 1`.execute(
    ctx.db,
  )
  return rows[0]?.label
}
