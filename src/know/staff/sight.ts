import { sql } from 'kysely'
import type { Context, Level } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { type Setting, saveSetting, settingOf } from '#platform/settings.ts'
import { sightChanged } from './facts.ts'
import type { Role } from './roles.ts'
import { type Sight, sightDefaults } from './sight-kinds.ts'
import { type SightOfRoles, sightShape } from './sight-shape.ts'

const name = 'staff.sight'

/** What each role is shown, and the version of the setting (0: never saved). */
export function sightOf(ctx: Context): Promise<Setting<SightOfRoles>> {
  return settingOf(ctx, name, sightShape, sightDefaults)
}

/** Changes what roles are shown; counts from everybody's next request. @throws Refusal `http.stale` */
export function saveSight(ctx: Context, value: SightOfRoles, version: number): Promise<Setting<SightOfRoles>> {
  return inTransaction(ctx, async (ctx) => {
    const saved = await saveSetting(ctx, name, sightShape, value, version)
    await announce(ctx, sightChanged, { data: saved.value })
    return saved
  })
}

/** What is stored for the role of a row of `staff`, for the one statement that says who acts. */
export const storedSight = sql<Sight | null>`(select value -> staff.role from settings where name = ${sql.lit(name)})`

/** How a member of staff is shown people's data. */
export function sightFor(role: Role, stored: Partial<Sight> | null | undefined): Record<string, Level> {
  return role === 'owner' ? {} : { ...sightDefaults[role], ...stored }
}
