import { implement } from '@orpc/server'
import type { Config } from '#platform/config.ts'
import type { RequestContext } from '#platform/http/index.ts'
import type { Locale } from '#platform/i18n/index.ts'
import { healthContract } from './contract.ts'
import { lookAtHouse } from './examine.ts'

const api = implement(healthContract).$context<RequestContext>()

export const healthRouter = (config: Config) =>
  api.router({
    look: api.look.handler(({ context }) =>
      lookAtHouse({ config, ctx: context, serving: true, thorough: false }, context.actor.locale as Locale),
    ),
  })
