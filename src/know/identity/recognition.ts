import { sql } from 'kysely'
import { lockIdentifiers } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'

/**
 * The state of what recognising rests on, as an opaque text. While it stays the same, whoever `resolve` has recognised by some
 * identifiers, and who says nothing else now, is the same profile still: a door may remember that and need not ask. It changes when
 * a profile or an identifier goes, or an objection or a rule is another. New evidence does not change it: that is weighed when it comes.
 * Until the transaction ends nobody ties customers or takes them apart; before `resolve` and before rows of customers are locked.
 */
export async function recognitionState(ctx: Context): Promise<string> {
  await lockIdentifiers(ctx, [])
  // A statement of its own: it sees what whoever held the lock before has done.
  const { rows } = await sql<{ state: string }>`
    select count(*) || '.' || coalesce(sum(id), 0) as state from identity_taken_back`.execute(ctx.db)
  return rows[0]!.state
}

/** Keeps the newest alone, so that reading the state stays quick; that changes it. */
export async function forgetTakenBack(ctx: Context): Promise<void> {
  await sql`
    delete from identity_taken_back where id < (select max(id) from identity_taken_back)`.execute(ctx.db)
}
