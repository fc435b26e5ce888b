import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { lockCustomer, staffProfile } from '#know/customers/index.ts'
import { note } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import { announceAll } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { type Channel, channels, type Decision, type Purpose, purposes, type Subject, type Way } from './consent.ts'
import { consentAllowed, consentAsked, consentMarked, consentRefused } from './facts.ts'
import type { ConsentState } from './may-contact.ts'
import { standingIn } from './standing.ts'
import { consentStates } from './states.ts'
import { addressesOf, liftSuppressions, suppress } from './suppression.ts'
import { textIdOf } from './texts.ts'

/** One thing that is said: a yes or a no to a channel and purpose, or a mark. */
export type Said = {
  subject: Subject
  channel?: Channel | 'any'
  purpose?: Purpose | 'any'
  brandId?: number | null
  decision: Decision
  /** A yes or a pause ends here. */
  until?: Date | null
}

export type Telling = {
  customerId: number
  /** At which profile a yes stands; staff's own unless told. */
  profileId?: number
  said: readonly Said[]
  way: Way
  /** What was shown to the person, and in which language. */
  text?: { locale: string; words: string }
  proof?: string
  evidence?: Record<string, string>
  shopId?: number
  /** When it was said; now unless told. */
  at?: Date
}

/** Ways in which the person speaks, with nobody between. */
const ownWays: readonly Way[] = ['page', 'one_click', 'confirmed']

/**
 * Writes down what a person said, or what is to be respected of a person, in one transaction with all that follows from it.
 *
 * A no, a pause or another mark is written at every profile that the person has, so that it holds for each of them after a merge is
 * taken back. A yes stands at one profile and covers the others of that moment: after the merge is taken back it belongs to one
 * person alone. A yes that the person did not give with own hands waits for a confirmation where the shop's rules say so.
 * @throws Refusal `customers.unknown`, `consent.proof_needed`, `consent.said_later`, `consent.unknown_place`
 */
export function recordConsents(ctx: Context, telling: Telling): Promise<ConsentState> {
  return inTransaction(ctx, async (ctx) => {
    const { customerId, way } = telling
    await lockCustomer(ctx, customerId)
    const now = ctx.clock.now()
    const at = telling.at ?? now
    if (at.getTime() > now.getTime()) throw new Refusal('invalid', 'consent.said_later')
    if (telling.said.some((one) => needsProof(one, way)) && !telling.proof) {
      throw new Refusal('invalid', 'consent.proof_needed')
    }
    await refuseUnknownPlaces(ctx, telling)
    const home = telling.profileId ?? (await staffProfile(ctx, customerId))
    const before = (await consentStates(ctx, [customerId])).get(customerId)!
    const said = telling.said.map((one) => asStored(one, way, before, at))
    await write(ctx, telling, { said, home, profileIds: before.profileIds, at })
    await keepSuppressions(ctx, said, way, before.profileIds)
    await tell(ctx, { said, customerId, home, way, at })
    note(ctx, { object: 'customers', objectId: String(customerId) })
    return (await consentStates(ctx, [customerId])).get(customerId)!
  })
}

/** Who writes for somebody else what opens a way to them must say where the evidence is. */
function needsProof({ decision, subject }: Said, way: Way): boolean {
  return (way === 'staff' || way === 'api') && (decision === 'allowed' || (decision === 'off' && subject !== 'pause'))
}

type Stored = Required<Said>

/** A yes waits where the rules want the person's own, and there is none yet. */
function asStored(one: Said, way: Way, state: ConsentState, at: Date): Stored {
  const { subject, channel = 'any', purpose = 'any', brandId = null, decision, until = null } = one
  const stored = { subject, channel, purpose, brandId, decision, until }
  if (decision !== 'allowed' || ownWays.includes(way)) return stored
  const waits = (channel === 'any' ? channels : [channel]).some((one) => state.rules.confirmed.includes(one))
  if (!waits || channel === 'any' || purpose === 'any') return waits ? { ...stored, decision: 'asked' } : stored
  const standing = standingIn(state.words, state.profileIds, { channel, purpose, brandId }, at)
  return standing.is === 'allowed' ? stored : { ...stored, decision: 'asked' }
}

async function write(
  ctx: Context,
  { way, text, proof, evidence, shopId }: Telling,
  { said, home, profileIds, at }: { said: Stored[]; home: number; profileIds: readonly number[]; at: Date },
): Promise<void> {
  const textId = text ? await textIdOf(ctx, text.locale, text.words) : null
  const others = profileIds.filter((id) => id !== home)
  const rows = said.flatMap((one) => {
    const row = {
      said_id: randomUUID(),
      subject: one.subject,
      channel: one.channel,
      purpose: one.purpose,
      brand_id: one.brandId,
      decision: one.decision,
      expires_at: one.until?.toISOString() ?? null,
    }
    const opens = one.decision === 'allowed' || one.decision === 'off' || one.decision === 'asked'
    return opens
      ? [{ ...row, profile_id: home, covers: others }]
      : [home, ...others].map((profileId) => ({ ...row, profile_id: profileId, covers: [] }))
  })
  await sql`
    insert into consents (said_id, profile_id, covers, subject, channel, purpose, brand_id, decision, expires_at, way, text_id, proof,
                          evidence, shop_id, actor, at)
    select said_id, profile_id, covers, subject, channel, purpose, brand_id, decision, expires_at, ${way}, ${textId}::bigint, ${proof ?? null},
           ${JSON.stringify(evidence ?? {})}::jsonb, ${shopId ?? null}::int, ${ctx.actor.label}, ${at}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as row(said_id uuid, profile_id bigint, covers bigint[], subject text, channel text, purpose text, brand_id int,
               decision text, expires_at timestamptz)`.execute(ctx.db)
}

/**
 * What the person ended with own hands is remembered of the addresses too: the same address on another record is not written to
 * either. Only the person's own yes takes it back.
 */
async function keepSuppressions(
  ctx: Context,
  said: readonly Stored[],
  way: Way,
  profileIds: readonly number[],
): Promise<void> {
  if (!ownWays.includes(way)) return
  const contact = said.filter(({ subject, brandId }) => subject === 'contact' && brandId === null)
  if (contact.length === 0) return
  const addresses = await addressesOf(ctx, profileIds)
  for (const { channel, purpose, decision } of contact) {
    if (decision === 'refused') await suppress(ctx, addresses, { channel, purpose, reason: 'unsubscribed' })
    if (decision !== 'allowed') continue
    for (const one of channel === 'any' ? channels : [channel]) {
      for (const each of purpose === 'any' ? purposes : [purpose]) {
        await liftSuppressions(ctx, addresses, { channel: one, purpose: each })
      }
    }
  }
}

async function tell(
  ctx: Context,
  of: { said: readonly Stored[]; customerId: number; home: number; way: Way; at: Date },
): Promise<void> {
  const { said, customerId, home, way, at } = of
  const about = { profileId: home, subjectId: customerId, at }
  const kinds = { allowed: consentAllowed, refused: consentRefused, asked: consentAsked }
  for (const decision of ['allowed', 'refused', 'asked'] as const) {
    const some = said.filter((one) => one.subject === 'contact' && one.decision === decision)
    await announceAll(
      ctx,
      kinds[decision],
      some.map(({ channel, purpose }) => ({ ...about, data: { channel, purpose, way } })),
    )
  }
  const marks = said.filter(({ subject }) => subject !== 'contact')
  await announceAll(
    ctx,
    consentMarked,
    marks.map(({ subject, decision }) => ({ ...about, data: { subject, on: decision as 'on' | 'off', way } })),
  )
}

async function refuseUnknownPlaces(ctx: Context, { said, shopId }: Telling): Promise<void> {
  const brandIds = said.flatMap(({ brandId }) => brandId ?? [])
  if (brandIds.length === 0 && shopId === undefined) return
  const { rows } = await sql<{ known: boolean }>`
    select not exists (select from unnest(${brandIds}::int[]) as wanted where wanted not in (select id from brands))
       and (${shopId ?? null}::int is null or exists (select from shops where id = ${shopId ?? null}::int)) as known`.execute(
    ctx.db,
  )
  if (!rows[0]?.known) throw new Refusal('invalid', 'consent.unknown_place')
}
