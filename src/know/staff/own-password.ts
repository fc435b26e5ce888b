import { sql } from 'kysely'
import type { RequestContext } from '#platform/http/index.ts'
import { Refusal } from '#platform/refusal.ts'
import { isPassword } from './hashing.ts'
import { noteProof } from './session.ts'
import { countTry, rememberAddress } from './slow-down.ts'

type Me = { id: number; name: string; email: string; passwordHash: string }

/** The actor, who gave the own password. @throws Refusal `staff.wrong_password`, `staff.wait`, `staff.busy` */
export async function withOwnPassword(ctx: RequestContext, password: string): Promise<Me> {
  const { rows } = await sql<Me>`
    select id, name, email, password_hash from staff where id = ${ctx.actor.id ?? 0}`.execute(ctx.db)
  const me = rows[0]
  if (!me) throw new Refusal('not_found', 'staff.unknown')
  await countTry(ctx, me.email)
  if (!(await isPassword(password, me.passwordHash))) throw new Refusal('invalid', 'staff.wrong_password')
  await rememberAddress(ctx, me.email)
  return me
}

/** Gives the password once more, for what asks for a proof: it counts for 15 minutes in this session. @throws as `withOwnPassword` */
export async function prove(ctx: RequestContext, password: string): Promise<void> {
  await withOwnPassword(ctx, password)
  await noteProof(ctx)
}
