import type { Told } from './history.ts'
import type { Truth } from './truth.ts'

/** What it says is wrong, a line each; nothing where all is well. */
export type Checker = (told: readonly Told[], truth: Truth) => string[]

/** What was acknowledged is there, once; what was refused is not; what was lost on the way is there once at most. */
export const nothingLostOrDoubled: Checker = (told, { customers, orders, edits }) => {
  const found = {
    customer: countBy(customers.map(({ mark }) => mark)),
    order: countBy(orders.map(({ mark }) => mark)),
    cancellation: countBy(orders.map(({ mark }) => mark)),
    edit: countBy(edits.map((edit) => edit.new ?? '')),
  }
  const wrong: string[] = []
  for (const [mark, tries] of Map.groupBy(
    told.filter(({ what }) => what !== 'read'),
    ({ mark }) => mark,
  )) {
    const { what } = tries[0]!
    const times = found[what as keyof typeof found].get(mark) ?? 0
    const outcome = ['ok', 'unknown', 'no'].find((one) => tries.some((tried) => tried.outcome === one))
    if (outcome === 'ok' && times === 0) wrong.push(`lost: ${mark} was acknowledged and is not there`)
    if (outcome === 'no' && times > 0) wrong.push(`ghost: ${mark} was refused and is there`)
    if (times > 1) wrong.push(`doubled: ${mark} is there ${times} times`)
  }
  return wrong
}

/** One key, one outcome: whoever asks again under it hears of the same row. */
export const sameKeySameAnswer: Checker = (told) => {
  const wrong: string[] = []
  const answered = told.filter(({ what, outcome, id }) => what !== 'edit' && outcome === 'ok' && id !== undefined)
  for (const [mark, tries] of Map.groupBy(answered, ({ mark }) => mark)) {
    const ids = new Set(tries.map(({ id }) => id))
    if (ids.size > 1) wrong.push(`two answers: ${mark} was told as ${[...ids].join(' and ')}`)
  }
  return wrong
}

/** Money is what was asked: an acknowledged order has its amount, and nobody got back more than was paid. */
export const moneyAddsUp: Checker = (told, { orders, sums }) => {
  const wrong: string[] = []
  const byMark = new Map(orders.map((order) => [order.mark, order]))
  for (const { what, outcome, mark, amount } of told) {
    const order = byMark.get(mark)
    if (what === 'order' && outcome === 'ok' && order && order.amount !== amount)
      wrong.push(`amount: ${mark} was told as ${amount} and is ${order.amount}`)
  }
  const left = new Map(orders.map(({ id, amount }) => [id, amount]))
  for (const { cancelsId, amount } of orders) if (cancelsId) left.set(cancelsId, (left.get(cancelsId) ?? 0) + amount)
  for (const { id, kind, mark } of orders) {
    if (kind === 'sale' && left.get(id)! < 0) wrong.push(`below zero: ${mark} gave back more than it was`)
  }
  const total = orders.reduce((sum, { amount }) => sum + amount, 0)
  if (total !== sums.amount) wrong.push(`sum: orders add up to ${total}, the shop says ${sums.amount}`)
  return wrong
}

/** No edit overwrote another: each began where the one before it ended, and no two were made from one version. */
export const noEditOverwritten: Checker = (told, { customers, edits }) => {
  const wrong: string[] = []
  for (const [customer, chain] of Map.groupBy(edits, ({ customerId }) => customerId)) {
    for (const [at, edit] of chain.entries()) {
      const before = at === 0 ? null : chain[at - 1]!.new
      if (edit.old !== before) wrong.push(`overwritten: customer ${customer} had ${before}, the edit saw ${edit.old}`)
    }
    const now = customers.find(({ id }) => id === customer)
    if (now && now.note !== chain.at(-1)!.new)
      wrong.push(`forgotten: customer ${customer} shows ${now.note}, last said was ${chain.at(-1)!.new}`)
  }
  const made = told.filter(({ what, outcome }) => what === 'edit' && outcome === 'ok')
  for (const [key, tries] of Map.groupBy(made, ({ of, from }) => `customer ${of} version ${from}`)) {
    if (tries.length > 1) wrong.push(`two edits of one version: ${key}`)
  }
  return wrong
}

/** Whoever read a version never reads an older one afterwards. */
export const readsGoForward: Checker = (told) => {
  const wrong: string[] = []
  const seen = new Map<string, number>()
  for (const { client, of, version, outcome } of told) {
    if (outcome !== 'ok' || of === undefined || version === undefined) continue
    const key = `client ${client}, customer ${of}`
    const before = seen.get(key) ?? 0
    if (version < before) wrong.push(`backwards: ${key} read version ${version} after ${before}`)
    seen.set(key, Math.max(before, version))
  }
  return wrong
}

/** Everything that happened is one fact, and a listener hears each fact once. */
export const eachFactHeardOnce: Checker = (_told, { orders, edits, customers, facts }) => {
  const wrong: string[] = []
  for (const { id, kind, heard } of facts) if (heard !== 1) wrong.push(`heard: fact ${id} (${kind}) ${heard} times`)
  const kinds = ['orders.placed', 'orders.cancelled', 'customers.added']
  const counts = countBy(facts.filter(({ kind }) => kinds.includes(kind)).map((one) => `${one.kind} ${one.subjectId}`))
  const expected = [
    ...orders
      .filter(({ mark }) => mark.startsWith('mark '))
      .map(({ id, kind }) => `${kind === 'sale' ? 'orders.placed' : 'orders.cancelled'} ${id}`),
    ...customers.map(({ id }) => `customers.added ${id}`),
  ]
  for (const key of expected)
    if (counts.get(key) !== 1) wrong.push(`fact: ${key} was announced ${counts.get(key) ?? 0} times`)
  const changed = facts.filter(({ kind }) => kind === 'customers.changed').length
  if (changed !== edits.length) wrong.push(`fact: ${edits.length} edits were announced ${changed} times`)
  return wrong
}

/** The columns tell what the records hold. */
export const columnsTellTheSame: Checker = (_told, { sums, columns }) =>
  (Object.keys(sums) as (keyof typeof sums)[])
    .filter((key) => sums[key] !== columns[key])
    .map((key) => `columns: ${key} is ${columns[key]}, the records say ${sums[key]}`)

export const checkers: Record<string, Checker> = {
  nothingLostOrDoubled,
  sameKeySameAnswer,
  moneyAddsUp,
  noEditOverwritten,
  readsGoForward,
  eachFactHeardOnce,
  columnsTellTheSame,
}

function countBy(keys: string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}
