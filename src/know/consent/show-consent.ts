import { sql } from 'kysely'
import { actorNames, seenProfiles } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { channels, purposes, subjects } from './consent.ts'
import type { AnswerShown, ConsentPicture } from './contract.ts'
import { type ConsentState, type MayContact, mayContact, mayPersonalise } from './may-contact.ts'
import { markOn } from './standing.ts'
import { consentStates } from './states.ts'

/** What a customer allows now, and why. An old id leads to whom it was merged into. @throws Refusal `customers.unknown` */
export async function showConsent(ctx: Context, id: number): Promise<ConsentPicture> {
  const [profileId] = await seenProfiles(ctx, id)
  const customerId = profileId === undefined ? id : ((await customerOfProfile(ctx, profileId)) ?? id)
  return pictureOf(ctx, (await consentStates(ctx, [customerId])).get(customerId))
}

/** Whose a profile is now; nothing where it is nobody's. */
export async function customerOfProfile(ctx: Context, profileId: number): Promise<number | undefined> {
  const { rows } = await sql<{ customerId: number }>`
    select customer_id from profile_customers where profile_id = ${profileId}`.execute(ctx.db)
  return rows[0]?.customerId
}

export async function pictureOf(ctx: Context, state: ConsentState | undefined): Promise<ConsentPicture> {
  const at = ctx.clock.now()
  const answers = channels.flatMap((channel) =>
    purposes.map((purpose) => ({ channel, purpose, ...mayContact(state, { channel, purpose, brandId: null, at }) })),
  )
  const personal = mayPersonalise(state, at)
  const actors = [...answers, personal].flatMap(({ reasons }) => reasons.flatMap(({ actor }) => actor ?? []))
  const names = await actorNames(ctx, [...new Set(actors)])
  const marks = subjects.flatMap((subject) => {
    if (subject === 'contact' || !state) return []
    const word = markOn(state.words, state.profileIds, subject, at)
    if (!word) return []
    return [{ subject, until: word.expiresAt?.toISOString() ?? null, at: word.at.toISOString(), way: word.way }]
  })
  return {
    cells: answers.map(({ channel, purpose, ...answer }) => ({ channel, purpose, ...shownAnswer(answer, names) })),
    addresses: { ...state?.addresses },
    personal: shownAnswer(personal, names),
    marks,
    balances: [...(state?.balances ?? [])].map(({ channel, app, template, balance }) => ({
      channel,
      app,
      template,
      balance,
    })),
  }
}

function shownAnswer({ may, reasons }: MayContact, names: ReadonlyMap<string, string>): AnswerShown {
  return {
    may,
    reasons: reasons.map(({ at, until, actor, ...reason }) => ({
      ...reason,
      ...(at ? { at: at.toISOString() } : {}),
      ...(until === undefined ? {} : { until: until?.toISOString() ?? null }),
      ...(actor ? { actorName: names.get(actor) ?? null } : {}),
    })),
  }
}
