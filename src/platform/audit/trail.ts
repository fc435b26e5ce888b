import type { Context } from '../context.ts'
import { append, type Entry, markOf } from './entry.ts'

/** What will stand in the entry of the act under way, gathered while it runs. */
export type Trail = {
  readonly entry: Entry
  /** Whether it is written already, in a transaction of the act. */
  written: boolean
}

/** Most facts of one act that are told one by one; of more, only how many. */
const mostFacts = 20

/** Begins the trail of an act; the context with it is what the act runs in. */
export function withTrail<C extends Context>(ctx: C, entry: Entry): C & { trail: Trail } {
  return { ...ctx, trail: { entry: { ...entry, data: { ...entry.data } }, written: false } }
}

/**
 * Says more of the act under way: what it is about, how much, why, what changed. Nothing where nobody asked for the act (jobs,
 * tests of verbs). `data` and `shown` are added to what was said before.
 */
export function note({ trail }: Context, more: Partial<Entry>): void {
  if (!trail) return
  const { entry } = trail
  Object.assign(entry, more, {
    data: { ...entry.data, ...more.data },
    ...(more.shown ? { shown: { ...entry.shown, ...more.shown } } : {}),
  })
}

/** A personal value before and after: marks of both in the chain, what may be shown of them beside it. */
export function noteChange(
  ctx: Context,
  field: string,
  before: unknown,
  after: unknown,
  mask: (value: unknown) => unknown,
) {
  if (!ctx.trail) return
  const { data, shown } = ctx.trail.entry
  note(ctx, {
    data: { changes: { ...(data?.changes as object), [field]: [markOf(ctx, before), markOf(ctx, after)] } },
    shown: { changes: { ...(shown?.changes as object), [field]: [mask(before ?? null), mask(after ?? null)] } },
  })
}

type Announced = { subjectId?: number; data: unknown }

/** The facts that an act brought about: what announces tells it here, so no verb has to. */
export function noteFacts({ trail }: Context, kind: string, announced: readonly Announced[]): void {
  if (!trail || announced.length === 0) return
  const { entry } = trail
  const facts = (entry.data?.facts ?? []) as object[]
  const more = announced.slice(0, mostFacts - facts.length).map(({ subjectId, data }) => ({ kind, subjectId, data }))
  const told = Number(entry.data?.factCount ?? 0) + announced.length
  entry.data = { ...entry.data, facts: [...facts, ...more], ...(told > mostFacts ? { factCount: told } : {}) }
  if (entry.objectId === undefined && announced.length === 1 && announced[0]?.subjectId !== undefined) {
    entry.object ??= kind.split('.')[0]
    entry.objectId = String(announced[0].subjectId)
  }
}

/** Called last in the transaction of an act: its entry commits with it. A second transaction of the same act adds none. */
export async function writeTrail(ctx: Context): Promise<void> {
  const { trail } = ctx
  if (!trail || trail.written) return
  await append(ctx, trail.entry)
  trail.written = true
}
