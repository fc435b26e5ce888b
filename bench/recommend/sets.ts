import { type Matrix, matrixOf } from '#understand/recommend/relatedness/matrix.ts'
import { linesOf, rowOf, taFeng, takenOf } from '#understand/recommend/testing/published.ts'

/** A set cut in time: what people did until a day, and what each took after it. */
export type CutSet = {
  name: string
  people: number
  products: number
  /** Products that each person took, those of each occasion together, the oldest first. */
  occasions: number[][][]
  /** Put aside, not bought, by person. */
  aside: number[][]
  later: { person: number; took: number[] }[]
}

/** Who took what until then, once each; with what was put aside where that is asked for. */
export function takenIn(set: CutSet, { aside }: { aside: boolean }): Matrix {
  const pairs = set.occasions.flatMap((occasions, person) =>
    [...new Set([...occasions.flat(), ...(aside ? set.aside[person]! : [])])].map((product) => [person, product]),
  )
  return takenOf(pairs, set.people, set.products)
}

/** Until September 2011, and what came in the ten weeks from October; people who bought before and after. */
export function onlineRetail(): CutSet {
  const people = new Map<string, number>()
  const products = new Map<string, number>()
  const occasions: Map<string, number[]>[] = []
  const later = new Map<number, Set<number>>()
  for (const line of linesOf('online-retail/online_retail.csv.gz').slice(1)) {
    const cells = line.match(/("([^"]|"")*"|[^,]*)(,|$)/g)!.map((cell) => cell.replace(/,$/, ''))
    const [invoice, code, , quantity, at, , customer] = cells
    if (!customer || !/^\d/.test(invoice!) || !/^\d{5}/.test(code!) || Number(quantity) <= 0) continue
    const person = numberOf(people, customer)
    const product = numberOf(products, code!)
    occasions[person] ??= new Map()
    if (at!.slice(0, 10) < '2011-10-01') {
      const day = at!.slice(0, 10)
      occasions[person].set(day, [...(occasions[person].get(day) ?? []), product])
    } else later.set(person, (later.get(person) ?? new Set()).add(product))
  }
  const inOrder = occasions.map((days) =>
    [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, day]) => [...new Set(day)]),
  )
  return {
    name: 'online-retail',
    people: people.size,
    products: products.size,
    occasions: inOrder,
    aside: inOrder.map(() => []),
    later: [...later].flatMap(([person, took]) => (inOrder[person]!.length > 0 ? [{ person, took: [...took] }] : [])),
  }
}

/** Each person's last basket, from those before it. */
export function taFengBaskets(): CutSet {
  const { people, products } = taFeng()
  return {
    name: 'ta-feng',
    people: people.length,
    products,
    occasions: people.map(({ baskets }) => baskets),
    aside: people.map(() => []),
    later: people.map(({ later }, person) => ({ person, took: later })),
  }
}

/** One purchase of each person, from all others and what was put into carts. */
export function taobao(): CutSet {
  const pairs = (file: string) =>
    linesOf(`taobao/${file}`)
      .slice(1)
      .map((line) => line.split('\t').map(Number) as [number, number])
  const [bought, after, carts] = [pairs('buy.train.txt.gz'), pairs('buy.test.txt.gz'), pairs('cart.csv.gz')]
  let people = 0
  let products = 0
  for (const [person, product] of [...bought, ...after, ...carts]) {
    people = Math.max(people, person + 1)
    products = Math.max(products, product + 1)
  }
  const by = (list: [number, number][]) => {
    const of: number[][] = Array.from({ length: people }, () => [])
    for (const [person, product] of list) of[person]!.push(product)
    return of
  }
  return {
    name: 'taobao',
    people,
    products,
    occasions: by(bought).map((products) => [products]),
    aside: by(carts),
    later: after.map(([person, product]) => ({ person, took: [product] })),
  }
}

/** A shop of so many products and people, made: each person is of one of some tastes, and takes ten products of it. */
export function madeShop(products: number, people: number): Matrix {
  const tastes = Math.max(10, Math.round(products / 50))
  let seed = 7
  const dice = (sides: number) => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % sides
  }
  const each = 10
  const cells = {
    rows: new Int32Array(people * each),
    columns: new Int32Array(people * each),
    values: new Float32Array(people * each).fill(1),
    count: people * each,
  }
  for (let person = 0; person < people; person += 1) {
    const taste = dice(tastes)
    for (let at = 0; at < each; at += 1) {
      cells.rows[person * each + at] = person
      // Three in ten of anything; the rest of one's taste, the first of it most.
      cells.columns[person * each + at] =
        dice(10) < 3 ? dice(products) : (taste * 50 + Math.min(dice(50), dice(50))) % products
    }
  }
  const taken = matrixOf(people, products, cells)
  taken.values.fill(1)
  return taken
}

function numberOf(names: Map<string, number>, name: string): number {
  const found = names.get(name) ?? names.size
  names.set(name, found)
  return found
}

export { rowOf }
