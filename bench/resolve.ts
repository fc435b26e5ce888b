import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { openHouse } from '#app/open-house.ts'
import { resolve } from '#know/identity/index.ts'
import { readConfig } from '#platform/config.ts'
import type { Context } from '#platform/context.ts'
import { type Measured, report, timed } from './harness.ts'
import { batchOf, crowd } from './resolve/made.ts'

const tell = (line: string) => process.stdout.write(`${line}\n`)

/**
 * A batch against a shop of many: 60 % are known by phone or e-mail under another source, 20 % are the source's own again, 18 % are
 * new, 2 % point to two customers at once and make them one. Everything is written: profiles, identifiers, values, the map, merges,
 * what is shown. The peer is the usual pattern, one look-up and one insert a row, on 1,000 of the same rows.
 */
export async function run(options: Record<string, string>): Promise<void> {
  const people = Number(options.customers ?? 1_000_000)
  const size = Number(options.batch ?? 100_000)
  const repeats = Number(options.repeats ?? 3)
  const dataDir = options.data ?? (await mkdtemp(join(tmpdir(), 'regulars-bench-')))
  const house = await openHouse(readConfig({ ...process.env, REGULARS_DATA: dataDir, LOG_LEVEL: 'error' }), tell)
  try {
    const { ctx } = house
    await sql`
      insert into merchant (name, zone, currency, locale) select 'Bench', 'Asia/Shanghai', 'CNY', 'zh-CN'
       where not exists (select from merchant)`.execute(ctx.db)
    const made = await timed(() => crowd(ctx, people))
    tell(`${people} customers: ${(made / 1000).toFixed(1)} s`)
    const whole: number[] = []
    const again: number[] = []
    const peer: number[] = []
    for (let turn = 0; turn < repeats; turn += 1) {
      const batch = await batchOf(ctx, people, size, turn)
      let took = 0
      let second = 0
      // Taken back, so that every turn finds the same shop.
      await undone(ctx, async (ctx) => {
        took = await timed(() => resolve(ctx, batch))
        second = await timed(() => resolve(ctx, batch))
      })
      whole.push(took / 1000)
      again.push(second / 1000)
      let rowByRow = 0
      await undone(ctx, async (ctx) => {
        rowByRow = await timed(async () => {
          for (const one of batch.slice(0, 1_000)) await resolve(ctx, [one])
        })
      })
      peer.push((rowByRow / 1_000 / 1_000) * size)
      tell(`turn ${turn + 1}: ${(took / 1000).toFixed(2)} s, the same again ${(second / 1000).toFixed(2)} s`)
    }
    const measured: Measured[] = [
      {
        case: `${size} rows against ${people} customers`,
        unit: 's',
        goal: { of: 'ours', atMost: 10 },
        ours: whole,
        peer,
      },
      { case: 'the same batch again, nothing changes', unit: 's', ours: again },
    ]
    await report('resolve', ctx, measured)
  } finally {
    await house.close()
    if (!options.data) await rm(dataDir, { recursive: true, force: true })
  }
}

class Undo extends Error {}

async function undone(ctx: Context, work: (ctx: Context) => Promise<void>): Promise<void> {
  await ctx.db
    .transaction()
    .execute(async (db) => {
      await sql`set local statement_timeout = 0`.execute(db)
      await work({ ...ctx, db })
      throw new Undo()
    })
    .catch((error) => {
      if (!(error instanceof Undo)) throw error
    })
}
