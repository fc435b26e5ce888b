import type pg from 'pg'
import { addDays, type Day } from '#platform/days.ts'
import { timed } from '../harness.ts'

/** As many as Mautic's `segments:update` adds at a time unless told otherwise. */
const batch = 300
/** No segment is waited for longer, in milliseconds. */
const patience = 120_000

/** Some of the hundred, by their place in hundred.ts, as subqueries that look up each person: what a builder of such conditions writes. */
export function byMautic(today: Day): Map<number, string> {
  const ago = (days: number) => `date '${addDays(today, -days)}'`
  return new Map([
    [1, `(select sum(o.amount) from bench_orders o where o.customer_id = p.id and o.day >= ${ago(13)}) >= 40000`],
    [
      50,
      `exists (select 1 from bench_events e where e.customer_id = p.id and e.kind = 'viewed' and e.day >= ${ago(6)})`,
    ],
    [
      80,
      `exists (select 1 from bench_events v where v.customer_id = p.id and v.kind = 'viewed' and v.day >= ${ago(29)} and v.day + 3 < ${ago(0)}
         and not exists (select 1 from bench_orders o where o.customer_id = p.id and o.sale and o.placed_at > v.at and o.day <= v.day + 3))`,
    ],
  ])
}

export type Added = { members: number; seconds: number; whole: boolean }

/** Members added 300 at a time, in the order of their numbers, until all are in or patience is over. */
export async function addMembers(client: pg.ClientBase, segment: number, condition: string): Promise<Added> {
  await client.query(
    'create unlogged table if not exists bench_members (segment int, customer_id bigint, added_at timestamptz, primary key (segment, customer_id)); truncate bench_members',
  )
  let [members, last, whole] = [0, 0, false]
  const took = await timed(async () => {
    const began = performance.now()
    while (!whole && performance.now() - began < patience) {
      const { rows } = await client.query(
        `insert into bench_members
         select ${segment}, p.id, now() from bench_people p
          where p.id > ${last} and ${condition}
            and not exists (select 1 from bench_members m where m.segment = ${segment} and m.customer_id = p.id)
          order by p.id limit ${batch} returning customer_id`,
      )
      members += rows.length
      whole = rows.length < batch
      last = Math.max(last, ...rows.map(({ customer_id }) => Number(customer_id)))
    }
  })
  return { members, seconds: took / 1000, whole }
}
