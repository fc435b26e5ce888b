import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Lane } from './import.ts'
import type { Step } from './pace.ts'

/** Moves the cursor of a phase in the transaction of what it counts, with how fast it goes. */
export async function moveCursor(
  ctx: Context,
  importId: number,
  at: 'products' | 'customers' | 'steps' | 'reviews' | `orders:${Lane}`,
  to: number,
  step: Step,
): Promise<void> {
  await sql`
    update imports
       set cursor = cursor || jsonb_build_object(${at}::text, ${to}::bigint), phase = ${at.split(':')[0]}, applies = true, phase_done = ${step.done},
           phase_total = ${step.total}, rate = ${step.rate}, seconds_left = ${step.secondsLeft}
     where id = ${importId}`.execute(ctx.db)
}
