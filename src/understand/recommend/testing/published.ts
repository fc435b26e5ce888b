import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { type Matrix, matrixOf } from '../relatedness/matrix.ts'

/** Public data that methods are held against. It lies beside the project and is no part of it: where it is absent, tests say so. */
const folder = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url))

export function isThere(file: string): boolean {
  return existsSync(folder + file)
}

export function linesOf(file: string): string[] {
  const read = readFileSync(folder + file)
  return (file.endsWith('.gz') ? gunzipSync(read) : read).toString('utf8').trimEnd().split('\n')
}

/** Who took what, each once, of pairs of person and product. */
export function takenOf(pairs: readonly (readonly number[])[], people: number, products: number): Matrix {
  const taken = matrixOf(people, products, {
    rows: Int32Array.from(pairs, ([person]) => person!),
    columns: Int32Array.from(pairs, ([, product]) => product!),
    values: new Float32Array(pairs.length).fill(1),
    count: pairs.length,
  })
  taken.values.fill(1)
  return taken
}

/** What one person (row) took. */
export function rowOf(
  { starts, columns, values }: Matrix,
  person: number,
): { products: Int32Array; weights: Float32Array } {
  const [from, to] = [starts[person]!, starts[person + 1]!]
  return { products: columns.subarray(from, to), weights: values.subarray(from, to) }
}

/** ML-100k as MCRec split it: what was taken, and what each of 942 people took then. */
export function mcrec(): { taken: Matrix; later: { person: number; took: Set<number> }[] } {
  const pairs = linesOf('ml-100k-mcrec/ml-100k.train.rating.gz').map((line) => {
    const [person, product] = line.split('\t').map(Number)
    return [person! - 1, product! - 1]
  })
  const later = linesOf('ml-100k-mcrec/ml-100k.test.rating').map((line) => {
    const [person, ...products] = line.trim().split(/\s+/).map(Number)
    return { person: person! - 1, took: new Set(products.map((product) => product - 1)) }
  })
  return { taken: takenOf(pairs, 943, 1682), later }
}

/** CiteULike-a as CMN split it: for each person one that was taken and up to 100 that were not. */
export function citeulike(): { taken: Matrix; later: { person: number; took: number; others: number[] }[] } {
  const pairs = linesOf('citeulike-a/cmn-train.tsv.gz').map((line) => line.split(/\s+/).map(Number))
  const later = linesOf('citeulike-a/cmn-test.tsv.gz').map((line) => {
    const [person, took, ...others] = line.trim().split(/\s+/).map(Number)
    return { person: person!, took: took!, others }
  })
  const taken = takenOf(pairs, 5551, 16_980)
  // Some of the hundred had been taken before: the tables leave them out.
  return {
    taken,
    later: later.map((one) => {
      const before = new Set(rowOf(taken, one.person).products)
      return { ...one, others: one.others.filter((product) => !before.has(product)) }
    }),
  }
}

/** Ta-Feng as the next-basket reality check processed it: 13,858 people's baskets in order, and the one that came then. */
export function taFeng(): { people: { baskets: number[][]; later: number[] }[]; products: number } {
  const read = (file: string) => JSON.parse(linesOf(file).join('')) as Record<string, number[][]>
  const history = read('ta-feng/tafeng_history.json.gz')
  const future = read('ta-feng/tafeng_future.json.gz')
  // The first and the last basket are marks of the file.
  const people = Object.entries(history).map(([person, baskets]) => ({
    baskets: baskets.slice(1, -1),
    later: future[person]![1]!,
  }))
  return { people, products: 11_997 }
}
