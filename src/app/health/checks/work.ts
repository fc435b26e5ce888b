import { sql } from 'kysely'
import { projectionLag } from '#understand/projection/index.ts'
import type { Check } from '../check.ts'
import type { Finding } from '../finding.ts'
import { queueOf } from '../queue.ts'

/** Whether machines' work is done: jobs that failed, jobs that nobody takes. */
export const jobsCheck: Check = {
  name: 'jobs',
  needs: ['records'],
  async run({ ctx }) {
    const queue = await queueOf(ctx)
    const found: Finding[] = queue.failing.map(({ name, count }) => ({
      code: 'jobs_failed',
      level: 'look',
      params: { name, count },
      commands: [`grep '"job":"${name}"' regulars.log | tail`],
    }))
    if (queue.oldestSeconds > 600)
      found.push({
        code: 'nobody_works',
        level: 'wrong',
        params: { minutes: Math.floor(queue.oldestSeconds / 60), count: queue.waiting },
        commands: ['regulars work'],
      })
    return found
  },
}

/** Whether every listener of facts hears on. */
export const listenersCheck: Check = {
  name: 'listeners',
  needs: ['records'],
  async run({ ctx }) {
    const { rows } = await sql<{ name: string; failures: number; error: string | null }>`
      select name, failures, last_error as error from listeners where failures >= 5 order by name`.execute(ctx.db)
    const found: Finding[] = rows.map(({ name, failures, error }) => ({
      code: 'listener_fails',
      level: 'wrong',
      params: { name, failures, error: error ?? '?' },
      commands: [`grep '"listener":"${name}"' regulars.log | tail`],
    }))
    const { rows: stray } = await sql`select from facts_default limit 1`.execute(ctx.db)
    if (stray.length > 0) found.push({ code: 'facts_astray', level: 'look', commands: ['date', 'timedatectl status'] })
    return found
  },
}

/** Whether the numbers follow the records. */
export const projectionCheck: Check = {
  name: 'projection',
  needs: ['records', 'columns'],
  async run({ ctx }) {
    const { lagSeconds, pendingRows } = await projectionLag(ctx)
    if (lagSeconds < 60) return []
    const params = { minutes: Math.floor(lagSeconds / 60), rows: pendingRows }
    return [
      {
        code: 'columns_behind',
        level: lagSeconds > 900 ? 'wrong' : 'look',
        params,
        commands: ['regulars doctor', 'regulars rebuild'],
      },
    ]
  },
}
