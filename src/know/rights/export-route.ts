import { sql } from 'kysely'
import { veiled } from '#know/customers/index.ts'
import { note } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import { download } from '#platform/http/index.ts'
import type { StreamRoute } from '#platform/module.ts'
import { Refusal } from '#platform/refusal.ts'
import { exportPerson } from './export-person.ts'
import type { Registry } from './registry.ts'
import { requestOf } from './request.ts'

/** The data of the person of a request, as a zip to be handed over. With its last byte the request is done. */
export function exportRoute(registry: () => Registry): StreamRoute {
  return {
    method: 'POST',
    path: '/privacy-requests/:id/export',
    summary: 'All data of the person, as a zip of JSON and CSV',
    tag: 'Privacy requests',
    meta: { may: 'privacy.manage', scope: 'all', rate: 'heavy', once: false, edit: false, proof: true },
    shows: 'customers',
    async handle(ctx, _request, params) {
      // The file is for the person, whole; who is shown people masked cannot make it.
      if (veiled(ctx.actor).length > 0) throw new Refusal('forbidden', 'rights.masked')
      const id = Number(params.id)
      if (!Number.isSafeInteger(id) || id < 1) throw new Refusal('not_found', 'rights.unknown')
      const request = await requestOf(ctx, id)
      if (request.kind !== 'export' || request.state === 'refused') throw new Refusal('conflict', 'rights.not_open')
      note(ctx, { object: 'customers', objectId: String(request.customerId) })
      const file = await exportPerson(ctx, registry(), {
        customerId: request.customerId,
        requestId: id,
        done: (ctx, counts) => handedOver(ctx, id, counts),
      })
      return download(file, `person-${request.customerId}.zip`)
    },
  }
}

async function handedOver(ctx: Context, id: number, counts: Record<string, number>): Promise<void> {
  const now = ctx.clock.machine()
  await sql`
    update privacy_requests
       set state = 'done', summary = ${JSON.stringify(counts)}::jsonb, decided_by = coalesce(decided_by, ${ctx.actor.label}),
           decided_at = coalesce(decided_at, ${now}), done_at = coalesce(done_at, ${now}), version = version + 1
     where id = ${id} and state in ('open', 'done')`.execute(ctx.db)
}
