import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { type Link, linkOf } from './link.ts'
import type { Role } from './roles.ts'

/** What a link is for, as its page shows it to who holds the token. */
export type LinkShown = {
  kind: Link['kind']
  name: string
  email: string
  role: Role | null
  expiresAt: string | null
}

/** Reads a link without using it. @throws Refusal as `linkOf` */
export async function readLink(ctx: Context, token: string): Promise<LinkShown> {
  const link = await linkOf(ctx, token)
  const person = link.staffId === null ? link : await personOf(ctx, link.staffId)
  return {
    kind: link.kind,
    name: person.name ?? '',
    email: person.email ?? '',
    role: link.role,
    expiresAt: link.expiresAt?.toISOString() ?? null,
  }
}

async function personOf(ctx: Context, id: number): Promise<{ name: string | null; email: string | null }> {
  const { rows } = await sql<{ name: string; email: string }>`
    select name, email from staff where id = ${id}`.execute(ctx.db)
  return rows[0]!
}
