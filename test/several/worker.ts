import { sql } from 'kysely'
import { modulesOf } from '#app/modules.ts'
import { openHouse } from '#app/open-house.ts'
import { openQueue, startWork } from '#app/work.ts'
import { readConfig } from '#platform/config.ts'
import type { Listener } from '#platform/facts/index.ts'
import type { Job } from '#platform/jobs.ts'

// What `regulars work` does, with a pencil: it notes which process took a job, and each fact that it heard, in the
// transaction of the hearing. The tables have no unique key: what is heard twice is there twice.

const config = readConfig()
const house = await openHouse(config)
const queue = await openQueue(house.databaseUrl, house.ctx)
const modules = modulesOf(config)
const kinds = modules.flatMap((module) => module.facts ?? []).map(({ kind }) => kind)

const pencil: Listener = {
  name: 'pencil',
  kinds,
  historic: true,
  async hear({ db }, facts) {
    await sql`insert into heard select id, ${process.pid} from unnest(${facts.map(({ id }) => id)}::bigint[]) as id`.execute(
      db,
    )
  },
}
const noted = (job: Job): Job => ({
  ...job,
  async run(ctx, data, signal) {
    await sql`insert into took values (${job.name}, ${process.pid})`.execute(ctx.db)
    await job.run(ctx, data, signal)
  },
})

const worker = await startWork(house.ctx, queue, {
  jobs: modules.flatMap((module) => module.jobs ?? []).map(noted),
  listeners: [...modules.flatMap((module) => module.listens ?? []), pencil],
  loops: modules.flatMap((module) => module.loops ?? []),
})
process.stdout.write('working\n')
process.once('SIGTERM', async () => {
  await worker.stop()
  await queue.stop({ graceful: true, timeout: 15_000 })
  await house.close()
})
