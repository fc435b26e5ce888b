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
 */
export async function weighHeld<T>(
  ctx: Context,
  identifiers: readonly string[],
  look: (rules: Rules) => Promise<{ bringers: readonly Bringer[]; seen: T; question?: Question }>,
): Promise<Weighed & { seen: T }> {
  const rules = await rulesOf(ctx)
  const decide = async () => {
    const { bringers, seen, question } = await look(rules)
    return { ...(await weigh(ctx, bringers, rules, question)), seen }
  }
  if (identifiers.length > fewIdentifiers) {
    await lockIdentity(ctx)
    return decide()
  }
  await sql`savepoint weighing`.execute(ctx.db)
  await lockIdentifiers(ctx, identifiers.map(partsOf))
  const first = await decide()
  if (first.decision.links.length === 0) return first
  await sql`rollback to savepoint weighing`.execute(ctx.db)
  await lockIdentity(ctx)
  return decide()
}
