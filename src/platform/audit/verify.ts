import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { beginning, linkOf, type Sealed, sealedColumns } from './chain.ts'
import { type Cut, chainBegin } from './cuts.ts'

/** The newest link, to be noted outside of the house: whoever holds an old one can prove that nothing before it was changed. */
export type Anchor = { number: number; hash: string; at: string }

/** Why a chain does not hold: an entry is gone, a number is missing, an entry is not what was sealed, one was never to be sealed. */
export type Break = {
  number: number
  entryId: number | null
  why: 'entry_gone' | 'number_missing' | 'changed' | 'unsealed_forever' | 'anchor' | 'forged_cut'
}

export type Verified = {
  ok: boolean
  sealed: number
  /** Written, and waiting for the sealer. */
  unsealed: number
  /** Seconds that the oldest of them has waited. */
  unsealedSeconds: number
  anchor: Anchor | null
  /** What was let go, being too old: the chain begins after it. */
  cut: Cut | null
  /** The first place where it does not hold. */
  broken: Break | null
}

const page = 5_000

/**
 * Recomputes the chain: 20,000 entries take 2.5 s of processor time.
 * @param options.known an anchor that was noted earlier, as `number:hash`: must still stand where it stood
 * @param options.last only so many of the newest, from the link before them, which is taken as it stands
 */
export async function verify(ctx: Context, options: { known?: string; last?: number } = {}): Promise<Verified> {
  const counted = await tailOf(ctx)
  const begin = await chainBegin(ctx)
  let { number, hash: before } = (await startOf(ctx, options.last, begin?.number)) ??
    begin ?? { number: 0, hash: beginning }
  let anchor: Anchor | null = null
  const ends = (broken: Break | null): Verified => ({
    ok: broken === null,
    sealed: number,
    ...counted,
    anchor,
    cut: begin?.cut ?? null,
    broken,
  })
  if (begin?.forged) return ends({ number: begin.number, entryId: null, why: 'forged_cut' })
  const [knownNumber, knownHash] = options.known?.split(':') ?? []
  for (;;) {
    const { rows } = await sql<Partial<Sealed> & { number: number; entryId: number; hash: Buffer; sealedAt: Date }>`
      select s.number, s.entry_id, s.hash, s.sealed_at, ${sql.raw(sealedColumns)}
        from audit_seals s left join audit_entries e on e.id = s.entry_id
       where s.number > ${number} order by s.number limit ${page}`.execute(ctx.db)
    for (const { number: told, entryId, hash, sealedAt, ...entry } of rows) {
      if (told !== number + 1) return ends({ number: number + 1, entryId: null, why: 'number_missing' })
      if (entry.id === null) return ends({ number: told, entryId, why: 'entry_gone' })
      const link = linkOf(ctx, before, told, entry as Sealed)
      if (!link.equals(hash)) return ends({ number: told, entryId, why: 'changed' })
      if (knownNumber === String(told) && knownHash !== link.toString('hex')) {
        return ends({ number: told, entryId, why: 'anchor' })
      }
      before = link
      number = told
      anchor = { number, hash: link.toString('hex'), at: sealedAt.toISOString() }
    }
    if (rows.length < page) break
  }
  // Before the cut there is nothing left to hold an anchor against, but for the link at which it was made.
  const cutThere = begin && knownNumber === String(begin.number) && knownHash === begin.hash.toString('hex')
  const reached = Number(knownNumber) <= number && (cutThere || Number(knownNumber) > (begin?.number ?? 0))
  if (knownNumber !== undefined && !reached) {
    return ends({ number: Number(knownNumber) || 0, entryId: null, why: 'anchor' })
  }
  // Whoever takes an entry out of the tail keeps it from ever being sealed.
  const { rows: lost } = await sql<{ id: number }>`
    select e.id from audit_entries e
     where not exists (select from audit_seals s where s.entry_id = e.id)
       and not exists (select from audit_tail t where t.entry_id = e.id)
     order by e.id limit 1`.execute(ctx.db)
  return ends(lost[0] ? { number: number + 1, entryId: lost[0].id, why: 'unsealed_forever' } : null)
}

/** The link before so many of the newest; none where the chain is shorter. */
async function startOf(
  ctx: Context,
  last: number | undefined,
  after = 0,
): Promise<{ number: number; hash: Buffer } | undefined> {
  if (last === undefined) return undefined
  const { rows } = await sql<{ number: number; hash: Buffer }>`
    select number, hash from audit_seals
     where number <= (select max(number) from audit_seals) - ${last} and number > ${after} order by number desc limit 1`.execute(
    ctx.db,
  )
  return rows[0]
}

async function tailOf(ctx: Context): Promise<{ unsealed: number; unsealedSeconds: number }> {
  const { rows } = await sql<{ unsealed: number; oldest: Date | null }>`
    select count(*) as unsealed, min(e.at) as oldest from audit_tail t join audit_entries e on e.id = t.entry_id`.execute(
    ctx.db,
  )
  const { unsealed, oldest } = rows[0]!
  const waited = oldest ? (ctx.clock.machine().getTime() - oldest.getTime()) / 1000 : 0
  return { unsealed, unsealedSeconds: Math.max(0, Math.round(waited)) }
}
