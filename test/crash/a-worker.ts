// A worker as `regulars work` is one, with one listener more: it writes down every fact that it hears, so that a fact heard twice
// or never can be seen. Without a unique key, on purpose.

import { sql } from 'kysely'
import { modulesOf } from '#app/modules.ts'
import { openHouse } from '#app/open-house.ts'
import { houseJobs } from '#app/schedule.ts'
import { openQueue, startWork } from '#app/work.ts'
import { readConfig } from '#platform/config.ts'
import type { Listener } from '#platform/facts/index.ts'

const config = readConfig()
const house = await openHouse(config)
const queue = await openQueue(house.databaseUrl, house.ctx)
const modules = modulesOf(config)

const ear: Listener = {
  name: 'crash.ear',
  kinds: ['orders.placed', 'orders.cancelled', 'customers.added', 'customers.changed'],
  async hear(ctx, facts) {
    await sql`insert into crash.heard (fact_id) select unnest(${facts.map(({ id }) => id)}::bigint[])`.execute(ctx.db)
  },
}

const worker = await startWork({ ...house.ctx, queue }, queue, {
  jobs: [...houseJobs, ...modules.flatMap((module) => module.jobs ?? [])],
  listeners: [...modules.flatMap((module) => module.listens ?? []), ear],
  loops: modules.flatMap((module) => module.loops ?? []),
})
process.stdout.write('working\n')
await new Promise((resolve) => process.once('SIGTERM', resolve))
await worker.stop()
await queue.stop({ graceful: true, timeout: 5_000 })
await house.close()
