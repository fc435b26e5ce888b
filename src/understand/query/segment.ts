import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Condition } from './contract.ts'

/** A saved question, as conditions name it, and whether anybody was picked for it by hand. All else of it is understand/segments. */
export type SegmentTree = { id: number; name: string; question: Condition; picked: boolean }

/** All segments. At most some hundreds. */
export async function segmentTrees(ctx: Context): Promise<SegmentTree[]> {
  const { rows } = await sql<SegmentTree>`
    select id, name, question,
           exists (select from segment_picks pick where pick.segment_id = segments.id and pick.state <> 'gone') as picked
      from segments order by lower(name), id`.execute(ctx.db)
  return rows
}

/** Who is in a segment: whom its question finds and who was picked for it, without those who were kept out. */
export function memberQuestion({ id, question, picked }: SegmentTree): Condition {
  if (!picked) return question
  return {
    is: 'and',
    of: [
      { is: 'or', of: [question, { is: 'picked', in: [id] }] },
      { is: 'not', of: { is: 'picked', in: [id], out: true } },
    ],
  }
}

/**
 * A question with the segments that it names put in their place, as they are now.
 * @throws Refusal `query.unknown_segment`, `query.circle`
 */
export async function withSegments(ctx: Context, tree: Condition): Promise<Condition> {
  if (namedSegments(tree).length === 0) return tree
  const trees = new Map((await segmentTrees(ctx)).map((one) => [one.id, one]))
  return expand(tree, trees, [])
}

/** Puts segments in their place. @param path the segments on the way here, to find a circle */
export function expand(tree: Condition, trees: ReadonlyMap<number, SegmentTree>, path: readonly number[]): Condition {
  if (tree.is === 'not') return { is: 'not', of: expand(tree.of, trees, path) }
  if (tree.is === 'and' || tree.is === 'or') return { is: tree.is, of: tree.of.map((one) => expand(one, trees, path)) }
  if (tree.is === 'picked' && tree.in.some((id) => !trees.has(id))) {
    throw new Refusal('invalid', 'query.unknown_segment')
  }
  if (tree.is !== 'segment') return tree
  const of = tree.in.map((id) => {
    const segment = trees.get(id)
    if (!segment) throw new Refusal('invalid', 'query.unknown_segment')
    if (path.includes(id)) {
      const names = [...path.slice(path.indexOf(id)), id].map((one) => trees.get(one)?.name ?? `#${one}`).join(' → ')
      throw new Refusal('invalid', 'query.circle', { names })
    }
    return expand(memberQuestion(segment), trees, [...path, id])
  })
  return of.length === 1 ? of[0]! : { is: 'or', of }
}

/** The snapshots of segments that a question names itself. */
export function namedSnapshots(tree: Condition): number[] {
  if (tree.is === 'not') return namedSnapshots(tree.of)
  if (tree.is === 'and' || tree.is === 'or') return tree.of.flatMap(namedSnapshots)
  return tree.is === 'snapshot' ? tree.in : []
}

/** The segments that a question names itself, by those picked for them too. */
export function namedSegments(tree: Condition): number[] {
  if (tree.is === 'not') return namedSegments(tree.of)
  if (tree.is === 'and' || tree.is === 'or') return tree.of.flatMap(namedSegments)
  return tree.is === 'segment' || tree.is === 'picked' ? tree.in : []
}
