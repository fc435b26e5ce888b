import { merchantIfAny } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import type { Session } from './contract.ts'
import { permissionsOf } from './roles.ts'
import { anyStaff, staffOf } from './staff.ts'

/** Who is signed in and where. Open to all: a stranger learns the shop's name, zone and currency, as on its sign-in page. */
export async function currentSession(ctx: Context): Promise<Session> {
  const merchant = await merchantIfAny(ctx)
  const { kind, id, waitsFor, sight = {} } = ctx.actor
  if (kind !== 'staff' || id === undefined) return { setUp: await anyStaff(ctx), merchant }
  const { active: _, lastSeenAt: __, ...staff } = await staffOf(ctx, id)
  const factorDue = waitsFor === 'second_factor'
  const permissions = factorDue ? [] : [...permissionsOf(staff.role)]
  return { setUp: true, merchant, staff: { ...staff, permissions, sight: { ...sight }, factorDue } }
}
