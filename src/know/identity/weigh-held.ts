import { sql } from 'kysely'
import { fewIdentifiers, lockIdentifiers, lockIdentity } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import type { Bringer } from './decide.ts'
import { partsOf, type Question, type Weighed, weigh } from './evidence.ts'
import type { Rules } from './rules.ts'
import { rulesOf } from './settings.ts'

/**
 * Weighs a batch while nobody else changes what it rests on, until the transaction ends. A small batch holds its own identifiers;
 * where it turns out that customers are one, it lets go, holds the whole and looks again: to ask for more while holding would be
 * to wait in a circle with another that does the same.
 * @param look reads who is known already, again at the second look; what it asks of identifiers, where it knows that before
 * @param write what a batch that holds the whole writes whatever is decided, of what was seen; others do it themselves
 */
export async function weighHeld<T, U = undefined>(
  ctx: Context,
  identifiers: readonly string[],
  look: (rules: Rules) => Promise<{ bringers: readonly Bringer[]; seen: T; question?: Question }>,
  write?: (seen: T) => Promise<U>,
): Promise<Weighed & { seen: T; written?: U }> {
  const rules = await rulesOf(ctx)
  if (identifiers.length > fewIdentifiers) {
    await lockIdentity(ctx)
    const { bringers, seen, question } = await look(rules)
    let written: U | undefined
    const writing = write && (async () => (written = await write(seen)))
    return { ...(await weigh(ctx, bringers, rules, question, writing)), seen, written }
  }
  const decide = async () => {
    const { bringers, seen, question } = await look(rules)
    return { ...(await weigh(ctx, bringers, rules, question)), seen }
  }
  await sql`savepoint weighing`.execute(ctx.db)
  await lockIdentifiers(ctx, identifiers.map(partsOf))
  const first = await decide()
  if (first.decision.links.length === 0) return first
  await sql`rollback to savepoint weighing`.execute(ctx.db)
  await lockIdentity(ctx)
  return decide()
}
