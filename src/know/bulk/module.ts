import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Module } from '#platform/module.ts'
import { byCustomer, byMarks, type Person } from '#platform/person/index.ts'
import { bulkRouter } from './api.ts'
import { bulkContract } from './contract.ts'
import { bulkBegun, bulkDone, bulkUndone } from './facts.ts'
import type { Plugs } from './perform.ts'
import { runBulk, tendBulk } from './run.ts'

const named = byMarks(sql<string>`act::text || coalesce(list::text, '')`)

/** Acts on whole lists of people, done by a job and taken back as a whole. */
export function bulk(plugs: Plugs = {}): Module {
  return {
    name: 'bulk',
    api: { contract: bulkContract, router: bulkRouter(plugs) },
    facts: [bulkBegun, bulkDone, bulkUndone],
    jobs: [
      { name: 'bulk.run', run: async (ctx, { id }, signal) => void (await runBulk(ctx, Number(id), signal, plugs)) },
      { name: 'bulk.tend', alone: true, cron: '* * * * *', run: tendBulk },
    ],
    person: {
      tables: [
        { table: 'bulk_people', rows: byCustomer(), forget: 'delete' },
        {
          table: 'bulk_acts',
          rows: named,
          forget: forgetWords,
          untold: 'what was done to a list, of which the person is one',
        },
      ],
    },
  }
}

/** What names the person in an act goes: words and values of it, and the question. */
async function forgetWords(ctx: Context, person: Person): Promise<number> {
  const { rows } = await sql`
    update bulk_acts set act = jsonb_build_object('do', act -> 'do', 'tagId', act -> 'tagId', 'field', act -> 'field', 'rule', act -> 'rule',
                                                  'segmentId', act -> 'segmentId', 'how', act -> 'how'), list = null
     where ${named(person)} returning 1 as one`.execute(ctx.db)
  return rows.length
}
