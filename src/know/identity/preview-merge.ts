import { type CustomerPage, type CustomerValue, fieldKeys } from '#know/customers/contract.ts'
import { customersByIds, getCustomer } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import type { MergePreview, PreviewField, PreviewLine } from './contract.ts'
import { customersOf } from './customer-of.ts'
import { refuseUnseen } from './merge-customers.ts'
import { objectionsOf } from './objections.ts'

/** What a higher module knows of customers before a merge, and how it will be after. `profiles`: by customer, the survivor's first. */
export type PreviewPlug = (ctx: Context, profiles: ReadonlyMap<number, readonly number[]>) => Promise<PreviewLine[]>

/** How far a value's origin is trusted; see customers/refresh.ts. */
const ranks = ['staff', 'stated', 'import', 'observed', 'inferred']

/**
 * How a customer will look when others are merged into it, before anything is done. What is shown is chosen as always: by the trust in
 * its source, then the newest.
 * @throws Refusal `customers.unknown`, `identity.already_one`
 */
export async function previewMerge(
  ctx: Context,
  { id, from }: { id: number; from: readonly number[] },
  plugs: readonly PreviewPlug[],
): Promise<MergePreview> {
  const survivors = await customersOf(ctx, [id, ...from])
  const into = survivors.get(id)!
  const others = [...new Set(from.map((one) => survivors.get(one)!))].filter((one) => one !== into)
  if (others.length === 0) throw new Refusal('conflict', 'identity.already_one', { id: into })
  await refuseUnseen(ctx, [into, ...others])
  const pages: CustomerPage[] = []
  for (const one of [into, ...others]) pages.push(await getCustomer(ctx, one))
  const profiles = new Map(pages.map((page) => [page.id, page.profiles.map((profile) => profile.id)]))
  const lines: PreviewLine[] = []
  for (const plug of plugs) lines.push(...(await plug(ctx, profiles)))
  const rows = await customersByIds(ctx, [into, ...others])
  return {
    into: rows[0]!,
    from: rows.slice(1),
    fields: fieldsOf(pages),
    identifiers: pages.flatMap((page) =>
      distinct(page.identifiers).map(({ kind, scope, value, masked, shared }) => ({
        kind,
        scope,
        value,
        masked,
        shared,
        customerId: page.id,
      })),
    ),
    owner: ownerOf(pages),
    lines,
    objections: await objectionsOf(ctx, [into, ...others]),
  }
}

/** One that several sources tell is one. */
function distinct(identifiers: CustomerPage['identifiers']): CustomerPage['identifiers'] {
  return [...new Map(identifiers.map((one) => [`${one.kind} ${one.scope} ${one.value}`, one])).values()]
}

function fieldsOf(pages: readonly CustomerPage[]): PreviewField[] {
  const all = pages.flatMap((page) => page.values.map((value) => ({ ...value, customerId: page.id })))
  const order = (field: string) => (fieldKeys as string[]).indexOf(field) + 1 || fieldKeys.length + 1
  const fields = [...new Set(all.map((one) => one.field))].sort((a, b) => order(a) - order(b))
  return fields.map((field) => {
    const said = all.filter((one) => one.field === field).sort(byTrust)
    const [shown, ...rest] = said as [(typeof said)[0], ...typeof said]
    const seen = new Set([shown.customerId])
    const others = rest.filter((one) => one.chosen && !seen.has(one.customerId) && seen.add(one.customerId))
    return {
      field,
      value: shown.value,
      masked: shown.masked,
      fromId: shown.customerId,
      source: shown.source.name,
      others: others.map(({ customerId, value, masked }) => ({ customerId, value, masked })),
    }
  })
}

function byTrust(a: CustomerValue, b: CustomerValue): number {
  const rank = ranks.indexOf(a.origin) - ranks.indexOf(b.origin)
  return rank || (a.at < b.at ? 1 : a.at > b.at ? -1 : b.profileId - a.profileId)
}

function ownerOf(pages: readonly CustomerPage[]): MergePreview['owner'] {
  const from = pages.find((page) => page.ownerId !== null)
  return { ownerId: from?.ownerId ?? null, fromId: from?.id ?? null }
}
