import type { OwnField } from '#know/fields/contract.ts'
import type { TableShape } from '#platform/files/index.ts'
import { headerWords } from './header-words.ts'
import type { Preset, Target } from './preset.ts'
import { columnsOf, knowing, missingTargets, plain } from './stage/columns.ts'

export type GuessFor = {
  presets: readonly Preset[]
  zone: string
  currency: string
  /** The shop's own fields: a column of the same name is probably that one. */
  own?: readonly OwnField[]
}

/**
 * How a file's columns are probably meant: the known preset that fits, else by the words of the header and by the values below.
 * Only a proposal: a person corrects it on screen.
 */
export function guessPreset(shape: TableShape, { presets, zone, currency, own = [] }: GuessFor): Preset {
  return fittingPreset(shape.columns, presets) ?? ownPreset(shape, zone, currency, own)
}

/** The preset most of whose columns are there, all that it needs among them. Headers of two shops rarely agree by chance. */
function fittingPreset(header: readonly string[], presets: readonly Preset[]): Preset | undefined {
  let best: { preset: Preset; share: number } | undefined
  for (const preset of presets) {
    const found = columnsOf(preset, header)
    const wanted = Object.keys(preset.columns).length
    const share = Object.keys(found).length / wanted
    const orders = preset.columns['order.number'] === undefined || found['order.number'] !== undefined
    if (!orders || share < 0.6 || missingTargets(found).length > 0) continue
    if (!best || share > best.share) best = { preset, share }
  }
  return best?.preset
}

function ownPreset(shape: TableShape, zone: string, currency: string, own: readonly OwnField[]): Preset {
  const columns: Partial<Record<Target, string[]>> = {}
  const left = new Map(shape.columns.map((name, at) => [plain(name), { name, at }]))
  const take = (target: Target, key: string) => {
    columns[target] = [left.get(key)!.name]
    left.delete(key)
  }
  for (const { key, name } of own) if (left.has(plain(name))) take(`customer.${key}`, plain(name))
  for (const [target, words] of headerWords) {
    const word = words.map(plain).find((one) => left.has(one))
    if (word) take(target, word)
  }
  for (const [target, looks] of values) {
    if (columns[target]) continue
    for (const [key, { at }] of left) {
      const cells = shape.sample.map((row) => (row.cells[at] ?? '').trim()).filter(Boolean)
      if (cells.length < 3 || !cells.every((cell) => looks.test(cell))) continue
      take(target, key)
      break
    }
  }
  // In a list of orders it says by which channel the order came.
  if (columns['order.number'] && vague.has(plain(columns['customer.source']?.[0] ?? '')))
    delete columns['customer.source']
  ofReviews(columns)
  // Without orders, a price is the product's own.
  if (!columns['order.number']) {
    if (columns['line.unitPrice']) columns['product.price'] = columns['line.unitPrice']
    for (const target of Object.keys(columns) as Target[]) {
      const orders =
        target.startsWith('order.') ||
        ['line.unitPrice', 'line.amount', 'line.quantity', 'line.refund'].includes(target)
      if (orders) delete columns[target]
    }
    // A list of people may have a column that is called like a product's code; a list of products has no people.
    if (knowing.some((target) => columns[target]) && !columns['product.price'] && !columns['review.rating'])
      delete columns['line.code']
  }
  return {
    code: 'own',
    name: shape.name.replace(/\.[a-z0-9.]+$/i, '').slice(0, 80) || 'Own',
    source: { code: 'files', name: 'Files' },
    zone,
    currency,
    dates: 'year-first',
    columns,
    documents: [],
    statuses: {},
    products: [],
    customerNumbers: 'as-written',
    rates: {},
  }
}

/** As a column's name they may mean the source of an order. */
/** A rating alone may be the shop's of a customer; in a list of reviews the date is when they were written. */
function ofReviews(columns: Partial<Record<Target, string[]>>): void {
  if (!columns['review.rating']) return
  const sold = columns['line.unitPrice'] || columns['line.amount'] || columns['order.total']
  if (!sold && !columns['review.at'] && columns['order.placedAt']) {
    columns['review.at'] = columns['order.placedAt']
    delete columns['order.placedAt']
  }
  if (columns['review.at']) return
  for (const target of Object.keys(columns) as Target[]) if (target.startsWith('review.')) delete columns[target]
}

const vague: ReadonlySet<string> = new Set(['来源', '來源', 'source'])

/** What values look like, for columns whose names say nothing to us. */
const values: [Target, RegExp][] = [
  ['customer.email', /^[^\s@]+@[^\s@]+\.[^\s@]+$/],
  ['customer.phone', /^'?(\+?86[- ]?)?1[3-9]\d{9}$/],
  ['customer.gender', /^(男|女|M|F|male|female)$/i],
  ['order.placedAt', /^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[ T]\d{1,2}:\d{2}/],
]
