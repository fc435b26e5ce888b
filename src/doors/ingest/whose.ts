import { homeCountry } from '#know/customers/index.ts'
import { resolve } from '#know/identity/index.ts'
import type { Context } from '#platform/context.ts'
import { type Acquaintance, type Acquaintances, acquaintanceName } from './acquaintances.ts'
import type { Message } from './message.ts'
import { peopleOf, refOf } from './people.ts'

/** Whose the messages of a batch are. */
export type Whose = {
  of(message: Message): Acquaintance
  /** Who was not known before, by the names of their messages. */
  met: [string, Acquaintance][]
}

/** Finds whose each message is: known people by memory, all others, and whoever says something new, by identity. */
export async function whose(ctx: Context, messages: readonly Message[], known: Acquaintances): Promise<Whose> {
  await known.check(ctx)
  const found = new Map<Message, Acquaintance>()
  const others: { message: Message; name: string | undefined }[] = []
  for (const message of messages) {
    const name = acquaintanceName(message)
    const one = name === undefined ? undefined : known.find(name)
    if (one) found.set(message, one)
    else others.push({ message, name })
  }
  const met: [string, Acquaintance][] = []
  if (others.length > 0) {
    const told = peopleOf(
      others.map(({ message }) => message),
      await homeCountry(ctx),
    )
    const people = new Map<string, Acquaintance>()
    for (const [ref, { profileId }] of await resolve(ctx, told))
      people.set(ref, { profileId, touchedAt: Number.POSITIVE_INFINITY })
    for (const { message, name } of others) {
      const one = people.get(refOf(message))!
      found.set(message, one)
      if (name !== undefined) met.push([name, one])
    }
  }
  return { of: (message) => found.get(message)!, met }
}
