import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { RequestContext } from '#platform/http/index.ts'
import { Refusal } from '#platform/refusal.ts'

/** How a kind of secret is slowed: the longest wait, in seconds, and days without a try after which the count begins anew. */
type Pace = { longestWait: number; forgottenAfterDays: number }

const passwords: Pace = { longestWait: 900, forgottenAfterDays: 1 }

/** Who guesses codes has the password already. At most some 400 tries a year of three in a million each. */
export const codes: Pace = { longestWait: 86_400, forgottenAfterDays: 30 }

/**
 * Wrong secrets in a row make an account wait: none for the first five, then 2, 4, 8… seconds up to its longest. All strange addresses together count as one, so that guessing from many does not help; an address
 * from which the person signed in within 60 days counts by itself, so that a stranger cannot lock her out of the shop.
 * Unknown accounts are counted alike: the answer does not tell that there is none.
 */
function waitOf(longest: number) {
  return sql`make_interval(secs => case when failures < 5 then 0 else least(power(2, least(failures - 4, 20)), ${longest}::int) end)`
}

/**
 * Counts a try before it is made, so that many at once cannot slip through.
 * @param account what is guessed at: an e-mail address, or another name of a secret
 * @throws Refusal `staff.wait`
 */
export async function countTry(ctx: RequestContext, account: string, pace = passwords): Promise<void> {
  const wait = waitOf(pace.longestWait)
  const now = ctx.clock.machine()
  const known = keyOf(account, ctx.request.ip)
  const { rows } = await sql<{ key: Buffer }>`select key from staff_failures where key = ${known}`.execute(ctx.db)
  const key = rows[0] ? known : keyOf(account)
  const counted = await sql`
    insert into staff_failures (key, failures, last_at) values (${key}, 1, ${now})
        on conflict (key) do update
       set failures = case when staff_failures.last_at < ${now}::timestamptz - make_interval(days => ${pace.forgottenAfterDays}) then 1
                           else least(staff_failures.failures + 1, 1000) end,
           last_at = excluded.last_at
     where (select last_at + ${wait} from (select staff_failures.failures, staff_failures.last_at) before) <= ${now}
    returning 1`.execute(ctx.db)
  if (counted.rows[0]) return
  const left = await sql<{ seconds: number }>`
    select ceil(extract(epoch from last_at + ${wait} - ${now}::timestamptz))::int as seconds
      from staff_failures where key = ${key}`.execute(ctx.db)
  throw new Refusal('too_many', 'staff.wait', { retryAfter: Math.max(left.rows[0]?.seconds ?? 1, 1) })
}

/** After the right secret: this address is the person's, with no failures. Old counts are forgotten on the way. */
export async function rememberAddress(ctx: RequestContext, account: string): Promise<void> {
  const now = ctx.clock.machine()
  // From a strange address the try was counted among the strangers', which begin anew; from a known one they stay.
  await sql`
    delete from staff_failures
     where last_at < ${now}::timestamptz - interval '60 days'
        or key = ${keyOf(account)} and not exists (select 1 from staff_failures where key = ${keyOf(account, ctx.request.ip)})`.execute(
    ctx.db,
  )
  await sql`
    insert into staff_failures (key, failures, last_at) values (${keyOf(account, ctx.request.ip)}, 0, ${now})
        on conflict (key) do update set failures = 0, last_at = excluded.last_at`.execute(ctx.db)
}

/** Hashed, because what was typed into the sign-in form may be anybody's address. */
function keyOf(account: string, ip = '*'): Buffer {
  return createHash('sha256').update(`${account}\n${ip}`).digest()
}
