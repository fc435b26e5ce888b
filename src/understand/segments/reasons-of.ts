import { customersByIds } from '#know/customers/index.ts'
import { customerOf } from '#know/identity/index.ts'
import type { Context } from '#platform/context.ts'
import { type Locale, say } from '#platform/i18n/index.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Condition } from '#understand/query/contract.ts'
import {
  compileAnswers,
  compileReasons,
  desugar,
  memberQuestion,
  productsIn,
  rowsOf,
  type SegmentTree,
  segmentTrees,
  withSegments,
} from '#understand/query/index.ts'
import { namesFor, planFor, sentenceOf } from '#understand/value/index.ts'
import type { Answer, Pick, Reason } from './contract.ts'
import { foundSaid } from './found-said.ts'
import { picksOfCustomer } from './picks/picks-of.ts'

const said: readonly Answer[] = ['no', 'yes', 'unknown']

/**
 * Why a customer is found by a question or not: each condition with its answer and the value that it found. A segment is told by its
 * own conditions. One statement.
 * @throws Refusal `customers.unknown` when there is none, or none that the actor sees
 */
export async function reasonsOf(ctx: Context, customerId: number, question: Condition): Promise<Reason> {
  const id = await seenCustomer(ctx, customerId)
  const { lens, yardstick } = await planFor(ctx, { where: question })
  const opened = await open(ctx, question)
  const nodes = nodesOf(opened)
  const conditions = await Promise.all(nodes.map(async ({ tree }) => desugar(await withSegments(ctx, tree), yardstick)))
  const [row] = await rowsOf<{ answers: number[]; found: (string | null)[] }>(
    ctx,
    compileReasons({ lens, yardstick, conditions }, id),
  )
  // Whom the columns do not show yet is not known to them.
  const names = await namesFor(ctx, { productIds: productsIn(question) })
  const picks = nodes.some(({ tree }) => tree.is === 'picked') ? await picksOfCustomer(ctx, id) : undefined
  const told = (tree: Condition) => (picks && tree.is === 'picked' ? pickTold(ctx, picks, tree) : undefined)
  const tell = async (node: Node): Promise<Reason> => {
    const at = nodes.indexOf(node)
    const leaf = node.of.length === 0
    return {
      is: node.tree.is,
      sentence: await sentenceOf(ctx, node.tree, names),
      answer: said[row?.answers[at] ?? 2] ?? 'unknown',
      found: leaf ? (told(node.tree) ?? foundSaid(ctx, node.tree, row?.found[at] ?? null, { yardstick, names })) : null,
      unit: leaf ? unitOf(node.tree) : null,
      of: await Promise.all(node.of.map(tell)),
    }
  }
  return tell(opened)
}

/** What each segment says of a customer. */
export async function segmentsOfCustomer(
  ctx: Context,
  customerId: number,
): Promise<{ items: { id: number; name: string; answer: Answer; pick: Pick | null }[]; left: number }> {
  const id = await seenCustomer(ctx, customerId)
  const all = (await segmentTrees(ctx)).map((one) => ({ ...one, question: memberQuestion(one) }))
  const asked = (await isAskable(ctx, all)) ? all : await askableOf(ctx, all)
  if (asked.length === 0) return { items: [], left: all.length }
  const { lens, where, yardstick } = await planFor(ctx, together(asked))
  const conditions = where.is === 'or' ? where.of : []
  const [row] = await rowsOf<{ answers: number[] }>(ctx, compileAnswers({ lens, yardstick, conditions }, id))
  const picks = await picksOfCustomer(ctx, id)
  return {
    items: asked.map(({ id, name }, at) => {
      const pick = picks.get(id) ?? null
      // What was just decided by hand the columns follow in a moment.
      const byHand = pick && (pick.how === 'in' ? 'yes' : 'no')
      return { id, name, answer: byHand ?? said[row?.answers[at] ?? 2] ?? 'unknown', pick }
    }),
    left: all.length - asked.length,
  }
}

const together = (asked: readonly { question: Condition }[]) => ({
  where: { is: 'or' as const, of: asked.map(({ question }) => question) },
})

/** One after another, as long as there is room. */
async function askableOf(ctx: Context, all: readonly SegmentTree[]): Promise<SegmentTree[]> {
  const asked: SegmentTree[] = []
  for (const one of all) {
    if (await isAskable(ctx, [...asked, one])) asked.push(one)
  }
  return asked
}

/** Segments beyond what one statement may cost, or of fields that the actor is not shown, are left out. */
async function isAskable(ctx: Context, asked: readonly { question: Condition }[]): Promise<boolean> {
  try {
    await planFor(ctx, together(asked))
    return true
  } catch {
    return false
  }
}

type Picked = Extract<Condition, { is: 'picked' }>
type Node = { tree: Condition; of: Node[] }

/** The tree with segments opened one level: what they name themselves stays a name. */
async function open(ctx: Context, question: Condition): Promise<Node> {
  const trees = new Map((await segmentTrees(ctx)).map((one) => [one.id, memberQuestion(one)]))
  const node = (tree: Condition, inside: boolean): Node => {
    if (tree.is === 'not') return { tree, of: [node(tree.of, inside)] }
    if (tree.is === 'and' || tree.is === 'or') return { tree, of: tree.of.map((one) => node(one, inside)) }
    if (tree.is !== 'segment' || inside) return { tree, of: [] }
    return { tree, of: tree.in.flatMap((id) => (trees.has(id) ? [node(trees.get(id)!, true)] : [])) }
  }
  return node(question, false)
}

/** The reason, who decided it and up to when. */
function pickTold({ actor }: Context, picks: ReadonlyMap<number, Pick>, { in: ids, out }: Picked): string | undefined {
  const pick = ids.map((id) => picks.get(id)).find((one) => one?.how === (out ? 'out' : 'in'))
  if (!pick) return undefined
  const { reason, actorName, until } = pick
  const end = until && say(actor.locale as Locale, 'segments.pick_told_until', { until })
  return [reason, actorName, end].filter(Boolean).join(' · ')
}

function nodesOf(node: Node): Node[] {
  return [node, ...node.of.flatMap(nodesOf)]
}

function unitOf(tree: Condition): Reason['unit'] {
  switch (tree.is) {
    case 'number':
      return tree.field === 'revenue' ? 'money' : tree.field === 'daysSince' ? 'day' : 'number'
    case 'orders':
      return tree.of === 'spent' || tree.of === 'average' ? 'money' : 'number'
    case 'did':
    case 'daysTo':
      return 'number'
    case 'age':
      return 'text'
    case 'day':
    case 'within':
    case 'orderDay':
    case 'stage':
    case 'new':
    case 'bought':
      return 'day'
    case 'known':
      return tree.field === 'added' ||
        tree.field.startsWith('first') ||
        tree.field.startsWith('last') ||
        tree.field === 'nextTalk'
        ? 'day'
        : 'text'
    case 'text':
    case 'region':
    case 'distance':
    case 'nearest':
    case 'picked':
      return 'text'
    default:
      return null
  }
}

async function seenCustomer(ctx: Context, asked: number): Promise<number> {
  const id = await customerOf(ctx, asked)
  const [customer] = await customersByIds(ctx, [id])
  if (!customer) throw new Refusal('not_found', 'customers.unknown', { id })
  return id
}
