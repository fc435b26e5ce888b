import { sql } from 'kysely'
import { customersAdded, customersChanged, refresh, sayMany } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { announceAll } from '#platform/facts/index.ts'
import type { Recognised } from './recognise.ts'

/** Writes what a recognised batch says of its people, chooses anew what is shown of whom it changed, and tells of it. */
export async function saveTold(
  ctx: Context,
  { people, profileIds, customers, leaders, tied, moved }: Recognised,
): Promise<void> {
  const changed = new Map<number, Set<string>>([...tied].map((profileId) => [profileId, new Set()]))
  const told = people.flatMap((person, index) =>
    [...person.told.values()].map((one) => ({ profile_id: profileIds[index]!, ...one })),
  )
  for (const origin of new Set(told.map((one) => one.origin))) {
    const theirs = told.filter((one) => one.origin === origin)
    const rows = sql`
      select * from jsonb_to_recordset(${JSON.stringify(theirs)}::jsonb)
        as row(profile_id bigint, field text, value jsonb, at timestamptz)`
    for (const { profileId, field } of await sayMany(ctx, rows, origin)) {
      const fields = changed.get(profileId)
      if (fields) fields.add(field)
      else changed.set(profileId, new Set([field]))
    }
  }
  const leading = new Set(leaders)
  const touched = people.flatMap((_, index) =>
    customers[index] !== null && (leading.has(index) || changed.has(profileIds[index]!)) ? [index] : [],
  )
  await refresh(ctx, [...moved, ...touched.map((index) => customers[index]!)])
  const tell = (index: number) => ({
    profileId: profileIds[index]!,
    subjectId: customers[index]!,
    historic: people[index]!.historic,
    data: { fields: [...(changed.get(profileIds[index]!) ?? [])].sort() },
  })
  await announceAll(ctx, customersAdded, touched.filter((index) => leading.has(index)).map(tell))
  await announceAll(
    ctx,
    customersChanged,
    touched.filter((index) => !leading.has(index) && (changed.get(profileIds[index]!)?.size ?? 0) > 0).map(tell),
  )
}
