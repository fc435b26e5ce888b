import { randomInt } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { employ } from '#know/staff/index.ts'
import type { Context } from '#platform/context.ts'
import { merchant, staff } from './shop/houses.ts'

export type SignIn = { role: string; name: string; email: string; password: string }

const words =
  'keemun lapsang longjing biluo gaiwan kettle leaf garden bamboo lantern river terrace plum osmanthus jasmine lotus crane moon harvest drizzle pebble inkstone paper window'.split(
    ' ',
  )

/** Kept beside the data of the demo, readable by its owner only: nobody remembers passwords of a demo. */
const fileName = 'demo-sign-ins.json'

/**
 * The sign-ins of the demo shop's staff, made at the first time. Passwords are random, not part of the seed: a demo that is shown to
 * a network is not open to whoever reads this file. Where the kept ones are lost, all get new ones.
 */
export async function signInsOf(ctx: Context, dataDir: string): Promise<SignIn[]> {
  const path = join(dataDir, fileName)
  const kept = readKept(path)
  const { rows } = await sql<{ email: string }>`select email from staff`.execute(ctx.db)
  const known = new Set(rows.map(({ email }) => email))
  if (kept && staff.every(({ email }) => known.has(email) && kept.some((one) => one.email === email))) return kept

  const { rows: shops } = await sql<{ id: number; code: string }>`select id, code from shops`.execute(ctx.db)
  const signIns = staff.map(({ role, name, email }) => ({ role, name, email, password: newPassword() }))
  await Promise.all(
    staff.map((one, at) =>
      employ(ctx, {
        name: one.name,
        email: one.email,
        role: one.role,
        locale: merchant.locale,
        password: signIns[at]!.password,
        scopeShopIds:
          one.shops && shops.filter(({ code }) => one.shops.some((own) => own === code)).map(({ id }) => id),
      }),
    ),
  )
  writeFileSync(path, `${JSON.stringify(signIns, null, 2)}\n`, { mode: 0o600 })
  return signIns
}

function newPassword(): string {
  const some = Array.from({ length: 3 }, () => words[randomInt(words.length)])
  return `${some.join('-')}-${randomInt(1000, 10_000)}`
}

function readKept(path: string): SignIn[] | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as SignIn[]
  } catch {
    return undefined
  }
}
