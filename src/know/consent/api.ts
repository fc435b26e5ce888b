import { implement } from '@orpc/server'
import { seenProfiles } from '#know/customers/index.ts'
import { note } from '#platform/audit/index.ts'
import type { RequestContext } from '#platform/http/index.ts'
import { consentContract } from './contract.ts'
import { grant } from './grants.ts'
import { linkFor } from './link-for.ts'
import { listConsents } from './list-consents.ts'
import { recordConsents } from './record-consents.ts'
import { rulesOf, saveRules } from './rules.ts'
import { pictureOf, showConsent } from './show-consent.ts'
import { suppressListed } from './suppress-listed.ts'

const api = implement(consentContract).$context<RequestContext>()

export const consentRouter = api.router({
  get: api.get.handler(({ context, input }) => showConsent(context, input.id)),
  history: api.history.handler(({ context, input }) => listConsents(context, input)),
  record: api.record.handler(async ({ context, input: { id, said, at, ...rest } }) => {
    const way = context.actor.kind === 'key' ? 'api' : 'staff'
    const words = said.map((one) => ({ ...one, until: one.until === null ? null : new Date(one.until) }))
    const telling = { customerId: id, said: words, way, at: at ? new Date(at) : undefined, ...rest } as const
    return pictureOf(context, await recordConsents(context, telling))
  }),
  grant: api.grant.handler(({ context, input: { id, ...of } }) => grant(context, { customerId: id, ...of })),
  link: api.link.handler(async ({ context, input }) => {
    note(context, { object: 'customers' })
    return linkFor(context, await seenProfiles(context, input.id))
  }),
  suppress: api.suppress.handler(async ({ context, input }) => {
    const done = await suppressListed(context, input)
    note(context, { rows: done.added, data: { reason: input.reason } })
    return done
  }),
  rules: api.rules.handler(async ({ context }) => {
    const { value, version } = await rulesOf(context)
    return { rules: value, version }
  }),
  saveRules: api.saveRules.handler(async ({ context, input }) => {
    const { value, version } = await saveRules(context, input.rules, input.version)
    return { rules: value, version }
  }),
})
