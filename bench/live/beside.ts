import type { Context } from '#platform/context.ts'
import { addDays, type Day, instantIn } from '#platform/days.ts'
import { withConnection } from '#platform/postgres/connect.ts'
import { tallyQuestion } from '#understand/segments/index.ts'
import { type Measured, timed } from '../harness.ts'
import { keepRows } from '../segments/by-rows.ts'
import { ask } from '../segments/made.ts'
import { addMembers, byMautic } from './by-mautic.ts'
import { assigned, type Counted, cycle, emptyStates } from './by-states.ts'
import { hundredSegments } from './hundred.ts'

export type Beside = {
  today: Day
  customers: number
  /** The segments' numbers, in the order of hundred.ts. */
  ids: readonly number[]
  /** Counts some of them, and writes who is in. */
  count(ids: readonly number[]): Promise<void>
  tell(line: string): void
}

/** A segment of each kind, alone, beside subqueries over rows and members added 300 at a time. Where all were added, the number is compared. */
export async function besideMautic(ctx: Context, { today, customers, ids, count, tell }: Beside): Promise<Measured[]> {
  const hundred = hundredSegments()
  return withConnection(ctx.db, async (client) => {
    await keepRows(ctx, client, customers, tell)
    await client.query('set statement_timeout = 0')
    const measured: Measured[] = []
    for (const [place, condition] of byMautic(today)) {
      const { kind, question } = hundred[place]!
      const { matched } = await tallyQuestion(ctx, question)
      const ours = (await timed(() => count([ids[place]!]))) / 1000
      const { members, seconds, whole } = await addMembers(client, place, condition)
      if (whole && members !== matched) throw new Error(`${place}: ${matched} are found, ${members} were added`)
      tell(`${kind} ${place}: ${matched} in ${ours.toFixed(2)} s; 300 at a time ${members} in ${seconds.toFixed(1)} s`)
      // Where patience was over, as if the rest took as long as those that were added.
      const peer = whole ? seconds : (seconds * matched) / Math.max(1, members)
      measured.push({
        case: `one of ${kind} (${matched} members) beside subqueries and batches of 300${whole ? '' : ', told from two minutes'}`,
        unit: 's',
        ours: [ours],
        peer: [peer],
      })
    }
    await client.query('drop table bench_members')
    return measured
  })
}

/** Ten on counted events beside states of each person that are merged; and how long such a cycle takes after 100,000 events. */
export async function besideStates(
  ctx: Context,
  { today, ids, count, tell }: Beside,
): Promise<{ measured: Measured[]; cycleSeconds: number }> {
  const counted = new Map<number, Counted>()
  for (const [place, { question }] of hundredSegments().entries())
    if (question.is === 'did') counted.set(place, question)
  const since = (days: number) =>
    `toDateTime64('${instantIn('Asia/Shanghai', addDays(today, 1 - days))
      .toISOString()
      .slice(0, 19)
      .replace('T', ' ')}', 3, 'UTC')`
  await emptyStates(ctx)
  const [last] = await ask<{ batch: number }>(
    ctx,
    'SELECT max(b.batch) AS batch FROM behaviour AS b WHERE b.batch <= 1000000',
  )
  const peer = (await timed(() => cycle(ctx, counted, { number: 1, after: 0, since }))) / 1000
  const next = { number: 2, after: last!.batch - 1, since }
  const cycleSeconds = (await timed(() => cycle(ctx, counted, next))) / 1000
  const ours = (await timed(() => count([...counted.keys()].map((place) => ids[place]!)))) / 1000
  for (const [place, question] of counted) {
    const [{ matched }, theirs] = [await tallyQuestion(ctx, question), await assigned(ctx, place)]
    // Their counts of different events are estimates from 65,536 upwards only; nobody did so much.
    if (matched !== theirs) throw new Error(`${place}: ${matched} are found, ${theirs} by states`)
  }
  tell(
    `${counted.size} by states: ${peer.toFixed(1)} s, a cycle ${cycleSeconds.toFixed(1)} s; ours ${ours.toFixed(1)} s`,
  )
  for (const table of ['bench_states', 'bench_assigned']) await ctx.columns.command({ query: `DROP TABLE ${table}` })
  return {
    cycleSeconds,
    measured: [
      {
        case: `${counted.size} on counted events, first count, beside merged states`,
        unit: 's',
        ours: [ours],
        peer: [peer],
      },
    ],
  }
}
