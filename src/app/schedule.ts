import { ensureFactPartitions } from '#platform/facts/index.ts'
import { forgetAnswers } from '#platform/http/index.ts'
import type { Job } from '#platform/jobs.ts'

/** What the house does for itself, whatever its modules. Times are UTC. */
export const houseJobs: readonly Job[] = [
  { name: 'house.forget_answers', alone: true, cron: '23 * * * *', run: forgetAnswers },
  // A process that runs for months finds its next partitions made.
  { name: 'house.fact_partitions', alone: true, cron: '41 3 * * *', run: ensureFactPartitions },
]
