import { sourceOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { type Incoming, resolve } from '../index.ts'

type Said = {
  id?: string
  source?: string
  at?: string
  values?: Record<string, unknown>
} & Partial<Record<Incoming['identifiers'][number]['kind'], string>>

/** For tests: somebody as a door brings them; identifiers by kind, `scope value` where a scope matters. */
export async function told(ctx: Context, ref: string, said: Said): Promise<Incoming> {
  const { id, source = 'web', at = '2026-02-01T00:00Z', values, ...identifiers } = said
  const { id: sourceId } = await sourceOf(ctx, source, { name: source, kind: 'web' })
  return {
    ref,
    sourceId,
    externalId: id,
    identifiers: Object.entries(identifiers).map(([kind, text]) => {
      const [scope, value] = text!.includes(' ') ? (text!.split(' ') as [string, string]) : ['', text!]
      return { kind: kind as Incoming['identifiers'][number]['kind'], scope, value }
    }),
    values,
    at: new Date(at),
    origin: 'stated',
  }
}

/** For tests: brings some at once. @returns the customer of each, in their order */
export async function bring(ctx: Context, ...all: Said[]): Promise<(number | null)[]> {
  const incoming: Incoming[] = []
  for (const [index, said] of all.entries()) incoming.push(await told(ctx, `r${index}`, said))
  const resolved = await resolve(ctx, incoming)
  return incoming.map(({ ref }) => resolved.get(ref)!.customerId)
}
