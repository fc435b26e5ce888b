import { implement } from '@orpc/server'
import type { Context } from '#platform/context.ts'
import { editedVersion, type RequestContext, tagVersion } from '#platform/http/index.ts'
import { askForBackup, cancelBackup } from './ask-for-backup.ts'
import { backupOf, listBackups, type Place } from './backup.ts'
import { type BackupPlan, backupContract } from './contract.ts'
import { planOf, savePlan, shopSince, slotsAround } from './plan.ts'

const api = implement(backupContract).$context<RequestContext>()

export const backupRouter = (place: Place) =>
  api.router({
    list: api.list.handler(async ({ context, input: { limit, before } }) => {
      const found = await listBackups(context, { limit: limit + 1, before })
      const items = found.slice(0, limit)
      return { items, next: found.length > limit ? items.at(-1)?.id : undefined, folder: place.folder }
    }),
    make: api.make.handler(({ context }) => askForBackup(context, 'asked')),
    get: api.get.handler(({ context, input }) => backupOf(context, input.id)),
    cancel: api.cancel.handler(({ context, input }) => cancelBackup(context, input.id)),
    plan: api.plan.handler(async ({ context }) => told(context, await planOf(context))),
    savePlan: api.savePlan.handler(async ({ context, input }) =>
      told(context, await savePlan(context, input, editedVersion(context))),
    ),
  })

async function told(ctx: RequestContext & Context, { value: plan, version }: { value: BackupPlan; version: number }) {
  const zone = (await shopSince(ctx))?.zone ?? 'UTC'
  if (version > 0) tagVersion(ctx, version)
  const next = plan.daily ? slotsAround(plan.at, zone, ctx.clock.machine()).next.toISOString() : null
  return { plan, version, zone, next }
}
