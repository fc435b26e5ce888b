/**
 * The definition of every number of the house, once: its unit, how it is made, what it is counted of, and which day or days it
 * speaks of. Screens, endpoints, the command line and files name a number by its key here, take what is divided from `numberFrom`, and
 * its words from the messages `metrics.name.<key>` and `metrics.means.<key>`. Pure data, for the browser too.
 */

/** Which days: all up to the day of the question, those of a period, or the day of the question alone. */
export type Span = 'up_to' | 'within' | 'on'

/** `money`: minor units; `rate`: 0 to 1; `number`: not whole. */
export type Unit = 'money' | 'count' | 'rate' | 'number'

/** Counted as it is written, in the words of the records; or one number over, or less, another. */
export type Formula = { counted: string } | { over: readonly [Key, Key] } | { less: readonly [Key, Key] }

export type Source =
  | 'customers'
  | 'orders'
  | 'order_lines'
  | 'products'
  | 'behaviour'
  | 'arrivals'
  | 'arrival_costs'
  | 'stages'

export type Definition = { unit: Unit; span: readonly Span[]; formula: Formula; of: readonly Source[] }

const bought = ['customers', 'orders'] as const
const upToOrWithin = ['up_to', 'within'] as const
const within = ['within'] as const
const keys = [
  'customers',
  'buyers',
  'repeatBuyers',
  'repurchaseRate',
  'newBuyers',
  'returningBuyers',
  'revenue',
  'knownRevenue',
  'anonymousRevenue',
  'purchases',
  'knownPurchases',
  'averageOrder',
  'purchasesPerBuyer',
  'revenuePerBuyer',
  'quantity',
  'inStage',
  'came',
  'firstBuyers',
  'cost',
  'costPerCustomer',
  'costPerBuyer',
  'boughtAgain',
  'repurchaseWithin',
  'cameBack',
  'retention',
  'entered',
  'reachedBefore',
  'reached',
  'stepRate',
  'wholeRate',
  'visits',
  'visitsOnWay',
  'visitShare',
  'boughtOne',
  'boughtOther',
  'boughtBoth',
  'support',
  'confidence',
  'shareOfOther',
  'lift',
] as const
type Key = (typeof keys)[number]

export const metricNames: readonly [MetricName, ...MetricName[]] = keys
export type MetricName = Key

export const definitions: Readonly<Record<MetricName, Definition>> = {
  customers: { unit: 'count', span: ['up_to'], formula: { counted: 'count(customers)' }, of: ['customers'] },
  buyers: {
    unit: 'count',
    span: upToOrWithin,
    formula: { counted: 'count(customers: count(orders: sale, not void) ≥ 1)' },
    of: bought,
  },
  repeatBuyers: {
    unit: 'count',
    span: upToOrWithin,
    formula: { counted: 'count(customers: count(orders: sale, not void) ≥ 2)' },
    of: bought,
  },
  repurchaseRate: {
    unit: 'rate',
    span: upToOrWithin,
    formula: { over: ['repeatBuyers', 'buyers'] },
    of: bought,
  },
  newBuyers: {
    unit: 'count',
    span: within,
    formula: { counted: 'count(customers: from ≤ first(orders: sale, not void) ≤ to)' },
    of: bought,
  },
  returningBuyers: { unit: 'count', span: within, formula: { less: ['buyers', 'newBuyers'] }, of: bought },
  revenue: { unit: 'money', span: upToOrWithin, formula: { counted: 'sum(orders.amount: not void)' }, of: ['orders'] },
  knownRevenue: {
    unit: 'money',
    span: upToOrWithin,
    formula: { counted: 'sum(orders.amount: not void, of a customer)' },
    of: bought,
  },
  anonymousRevenue: {
    unit: 'money',
    span: upToOrWithin,
    formula: { less: ['revenue', 'knownRevenue'] },
    of: bought,
  },
  purchases: {
    unit: 'count',
    span: upToOrWithin,
    formula: { counted: 'count(orders: sale, not void)' },
    of: ['orders'],
  },
  knownPurchases: {
    unit: 'count',
    span: upToOrWithin,
    formula: { counted: 'count(orders: sale, not void, of a customer)' },
    of: bought,
  },
  averageOrder: { unit: 'money', span: upToOrWithin, formula: { over: ['revenue', 'purchases'] }, of: ['orders'] },
  purchasesPerBuyer: {
    unit: 'number',
    span: upToOrWithin,
    formula: { over: ['knownPurchases', 'buyers'] },
    of: bought,
  },
  revenuePerBuyer: { unit: 'money', span: upToOrWithin, formula: { over: ['knownRevenue', 'buyers'] }, of: bought },
  quantity: {
    unit: 'number',
    span: upToOrWithin,
    formula: { counted: 'sum(order_lines.quantity: not void)' },
    of: ['order_lines'],
  },
  inStage: {
    unit: 'count',
    span: ['on'],
    formula: { counted: 'count(customers: stage(days since last(orders: sale, not void)) = …)' },
    of: ['customers', 'orders', 'stages'],
  },
  came: {
    unit: 'count',
    span: within,
    formula: { counted: 'count(customers: from ≤ arrival ≤ to)' },
    of: ['customers', 'arrivals'],
  },
  firstBuyers: {
    unit: 'count',
    span: within,
    formula: { counted: 'count(customers: arrival is told, from ≤ first(orders: sale, not void) ≤ to)' },
    of: ['customers', 'arrivals', 'orders'],
  },
  cost: { unit: 'money', span: within, formula: { counted: 'sum(arrival_costs.amount)' }, of: ['arrival_costs'] },
  costPerCustomer: {
    unit: 'money',
    span: within,
    formula: { over: ['cost', 'came'] },
    of: ['arrival_costs', 'customers', 'arrivals'],
  },
  costPerBuyer: {
    unit: 'money',
    span: within,
    formula: { over: ['cost', 'firstBuyers'] },
    of: ['arrival_costs', 'customers', 'arrivals', 'orders'],
  },
  boughtAgain: {
    unit: 'count',
    span: within,
    formula: {
      counted: 'count(new buyers of a month: second(orders: sale, not void) by the end of the n-th month after)',
    },
    of: bought,
  },
  repurchaseWithin: { unit: 'rate', span: within, formula: { over: ['boughtAgain', 'newBuyers'] }, of: bought },
  cameBack: {
    unit: 'count',
    span: within,
    formula: { counted: 'count(new buyers of a month: count(orders: sale, not void, in the n-th month after) ≥ 1)' },
    of: bought,
  },
  entered: {
    unit: 'count',
    span: within,
    formula: { counted: 'count(customers: the first step, from ≤ day ≤ to)' },
    of: ['customers', 'behaviour', 'orders'],
  },
  reachedBefore: {
    unit: 'count',
    span: within,
    formula: { counted: 'count(customers: each step up to the one before, after the other, within its days)' },
    of: ['customers', 'behaviour', 'orders'],
  },
  reached: {
    unit: 'count',
    span: within,
    formula: { counted: 'count(customers: each step up to this one, after the other, within its days)' },
    of: ['customers', 'behaviour', 'orders'],
  },
  stepRate: {
    unit: 'rate',
    span: within,
    formula: { over: ['reached', 'reachedBefore'] },
    of: ['customers', 'behaviour', 'orders'],
  },
  wholeRate: {
    unit: 'rate',
    span: within,
    formula: { over: ['reached', 'entered'] },
    of: ['customers', 'behaviour', 'orders'],
  },
  visits: {
    unit: 'count',
    span: within,
    formula: { counted: 'count(visits: from ≤ begin ≤ to, less than 30 minutes between)' },
    of: ['customers', 'behaviour', 'orders'],
  },
  visitsOnWay: {
    unit: 'count',
    span: within,
    formula: { counted: 'count(visits: the n-th step = …)' },
    of: ['customers', 'behaviour', 'orders'],
  },
  visitShare: {
    unit: 'rate',
    span: within,
    formula: { over: ['visitsOnWay', 'visits'] },
    of: ['customers', 'behaviour', 'orders'],
  },
  boughtOne: {
    unit: 'count',
    span: within,
    formula: { counted: 'count(customers: count(lines of the first: of a sale, not void) ≥ 1)' },
    of: ['customers', 'orders', 'order_lines', 'products'],
  },
  boughtOther: {
    unit: 'count',
    span: within,
    formula: { counted: 'count(customers: count(lines of the second: of a sale, not void) ≥ 1)' },
    of: ['customers', 'orders', 'order_lines', 'products'],
  },
  boughtBoth: {
    unit: 'count',
    span: within,
    formula: { counted: 'count(customers: lines of the first ≥ 1, lines of the second ≥ 1)' },
    of: ['customers', 'orders', 'order_lines', 'products'],
  },
  support: {
    unit: 'rate',
    span: within,
    formula: { over: ['boughtBoth', 'buyers'] },
    of: ['customers', 'orders', 'order_lines', 'products'],
  },
  confidence: {
    unit: 'rate',
    span: within,
    formula: { over: ['boughtBoth', 'boughtOne'] },
    of: ['customers', 'orders', 'order_lines', 'products'],
  },
  shareOfOther: {
    unit: 'rate',
    span: within,
    formula: { over: ['boughtOther', 'buyers'] },
    of: ['customers', 'orders', 'order_lines', 'products'],
  },
  lift: {
    unit: 'number',
    span: within,
    formula: { over: ['confidence', 'shareOfOther'] },
    of: ['customers', 'orders', 'order_lines', 'products'],
  },
  retention: { unit: 'rate', span: within, formula: { over: ['cameBack', 'newBuyers'] }, of: bought },
}

/** What has been counted. */
export type Counted = Partial<Record<MetricName, number>>

/** A number out of what has been counted; null where a part of it was not, or nothing can be divided. Minor units are whole. */
export function numberFrom(name: MetricName, counted: Counted): number | null {
  const { unit, formula } = definitions[name]
  if ('counted' in formula) return counted[name] ?? null
  const [one, other] = ('over' in formula ? formula.over : formula.less).map((key) => numberFrom(key, counted))
  if (one === null || other === null || one === undefined || other === undefined) return null
  if ('less' in formula) return one - other
  if (other === 0) return null
  return unit === 'money' ? Math.round(one / other) : one / other
}

/** What has to be counted for some numbers. */
export function countedFor(names: readonly MetricName[]): Set<MetricName> {
  return new Set(
    names.flatMap((name): MetricName[] => {
      const { formula } = definitions[name]
      if ('counted' in formula) return [name]
      return [...countedFor('over' in formula ? formula.over : formula.less)]
    }),
  )
}
