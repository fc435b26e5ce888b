import { segmentDoor } from '#doors/ingest/index.ts'
import type { Context } from '#platform/context.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import type { Deed } from './life/deeds.ts'
import { hasBrowser } from './life/strolls.ts'
import { personAs } from './people/person-as.ts'
import { type Told, tellUntil } from './record.ts'
import { keysOf } from './write/keys.ts'
import { browserOf, trackedOf } from './write/tracked.ts'

/**
 * What people did, told at the tracking door as their pages, mini programs and tills tell it: a batch for each outlet, in the
 * transaction that also says how far the shop's life is told. Messages have the same name whenever they are told.
 * @param until how far it is told with it; the last deed unless given
 */
export async function tellDoor(
  ctx: Context,
  { known, crowd }: Pick<Told, 'known' | 'crowd'>,
  deeds: readonly Deed[],
  until = new Date(deeds.at(-1)!.at),
): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const keys = await keysOf(ctx)
    const batches = Map.groupBy(deeds, ({ customer }) => crowd.agentOf(customer).outlet.letter)
    for (const [letter, some] of batches) {
      // An outlet whose key staff ended tells no more.
      if (!keys[letter]) continue
      const batch = some.map((deed) => messageOf(deed, { known, crowd }))
      const answer = await segmentDoor.handle(ctx, requestOf(keys[letter], batch), { ip: '127.0.0.1', https: false })
      if (!answer.ok) throw new Error(`the tracking door answered ${answer.status}`)
    }
    await tellUntil(ctx, until)
  })
}

function requestOf(key: string, batch: readonly object[]): Request {
  return new Request('http://localhost/v1/batch', {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ batch }),
  })
}

function messageOf(deed: Deed, { known, crowd }: Pick<Told, 'known' | 'crowd'>): object {
  const agent = crowd.agentOf(deed.customer)
  const person = personAs(agent)
  const { context, ...told } = trackedOf(deed, agent.outlet)
  // Who joined at a counter has a card: by it the shop knows who signed in.
  const card = known.byCard.has(deed.customer)
    ? { traits: { member_number: person.member ?? `XS${person.number}` } }
    : {}
  return {
    ...told,
    messageId: `demo-${person.number}-${deed.at}-${deed.place}-${deed.event}`,
    timestamp: new Date(deed.at).toISOString(),
    ...(!deed.unknown && { userId: person.externalId }),
    ...((deed.unknown || (deed.event === 'Signed In' && hasBrowser(agent))) && {
      anonymousId: browserOf(agent.chance),
    }),
    context: { ...context, ...(!deed.unknown && card) },
  }
}
