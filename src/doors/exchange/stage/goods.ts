import { isRuinedNumber } from '#platform/files/index.ts'
import type { LineKind, Preset, Target } from '../preset.ts'
import type { Batch } from './batch.ts'
import type { Cells } from './cells.ts'
import { RowProblem } from './problem.ts'

/** A product as one row says. */
export type Item = { code: string; kind: LineKind; name: string; price?: number; doc?: string }

const things: ReadonlySet<LineKind> = new Set(['goods', 'gift_card', 'sample'])

/** Reads the product of a row and gathers what a batch says of it. A row without a code has no product. */
export function goodsReader(
  preset: Preset,
  cells: Cells,
  money: (row: string[], target: Target) => number | undefined,
): {
  read(row: string[], batch: Batch): Item
  add(batch: Batch, row: number, item: Item, at: string | undefined, price: number | undefined): void
} {
  const hasDoc = cells.columnsOf('product.').length > 0

  function kindOf(code: string): LineKind {
    const small = code.toLowerCase()
    return (
      preset.products.find(
        (one) => one.code?.toLowerCase() === small || (one.prefix && small.startsWith(one.prefix.toLowerCase())),
      )?.kind ?? 'goods'
    )
  }

  /** All that is checked of a code is checked when a batch first sees it. */
  function known(code: string, batch: Batch) {
    let product = batch.goods.get(code)
    if (!product) {
      if (isRuinedNumber(code)) {
        throw new RowProblem({ reason: 'exchange.ruined_number', column: cells.nameOf('line.code'), value: code })
      }
      if (code.length > 80) {
        throw new RowProblem({
          reason: 'exchange.too_long',
          column: cells.nameOf('line.code'),
          value: code,
          params: { allowed: 80 },
        })
      }
      product = { kind: kindOf(code), parts: new Map() }
      batch.goods.set(code, product)
    }
    return product
  }

  return {
    read(row, batch) {
      const code = cells.text(row, 'line.code')
      const kind = code === '' ? 'goods' : known(code, batch).kind
      let name = cells.text(row, 'line.name')
      if (name.length > 300) name = name.slice(0, 300).toWellFormed()
      if (!hasDoc) return { code, kind, name }
      const doc: Record<string, unknown> = {}
      const category = cells.text(row, 'product.category')
      if (category !== '') doc.category = category.slice(0, 120).toWellFormed()
      const cost = money(row, 'product.cost')
      if (cost !== undefined) doc.cost = cost
      const stock = cells.text(row, 'product.stock')
      if (/^-?\d{1,11}(\.\d{1,3})?$/.test(stock)) doc.stock = stock
      else if (stock !== '')
        throw new RowProblem({ reason: 'exchange.bad_number', column: cells.nameOf('product.stock'), value: stock })
      const image = cells.text(row, 'product.image')
      if (/^https?:\/\/\S{1,1990}$/.test(image)) doc.image = image
      const said = Object.keys(doc).length > 0
      return { code, kind, name, price: money(row, 'product.price'), doc: said ? JSON.stringify(doc) : undefined }
    },

    add(batch, row, item, at, price) {
      if (item.code === '') return
      const { parts } = known(item.code, batch)
      const key = item.doc === undefined ? item.name : `${item.name}\u0001${item.doc}`
      let part = parts.get(key)
      if (!part) {
        part = { row, code: item.code, kind: item.kind, name: item.name, count: 0, priceRow: row, doc: item.doc }
        parts.set(key, part)
      }
      part.count += 1
      if (at !== undefined && (part.namedAt === undefined || at >= part.namedAt)) part.namedAt = at
      const told = item.price ?? price
      if (told === undefined || !things.has(item.kind)) return
      if (part.pricedAt === undefined || (at ?? '') >= part.pricedAt) {
        part.price = told
        part.pricedAt = at
        part.priceRow = row
      }
    },
  }
}
