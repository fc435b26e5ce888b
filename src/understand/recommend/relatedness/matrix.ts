/**
 * Who took what, sparse, by rows: the columns of row r are `columns[starts[r] … starts[r + 1])`, rising, each once, with `values`
 * along. 8 bytes a value and 4 a row.
 */
export type Matrix = {
  rows: number
  width: number
  starts: Int32Array
  columns: Int32Array
  values: Float32Array
}

/** One cell. Cells of the same place are summed. */
export type Cells = { rows: Int32Array; columns: Int32Array; values: Float32Array; count: number }

/** A matrix of cells in any order. */
export function matrixOf(rows: number, width: number, cells: Cells): Matrix {
  // Sorted by column first, then by row, each in one pass: the second keeps the order of the first.
  const byColumn = sorted(width, cells.columns, cells.rows, cells.values, cells.count)
  const byRow = sorted(rows, byColumn.others, byColumn.keys, byColumn.values, cells.count)
  return summed(rows, width, byRow)
}

/** Rows become columns. */
export function transposed({ rows, width, starts, columns, values }: Matrix): Matrix {
  const count = starts[rows]!
  const turned = new Int32Array(width + 1)
  for (let at = 0; at < count; at += 1) turned[columns[at]! + 1]! += 1
  for (let column = 0; column < width; column += 1) turned[column + 1]! += turned[column]!
  const next = turned.slice(0, width)
  const toColumns = new Int32Array(count)
  const toValues = new Float32Array(count)
  for (let row = 0; row < rows; row += 1) {
    for (let at = starts[row]!; at < starts[row + 1]!; at += 1) {
      const place = next[columns[at]!]!++
      toColumns[place] = row
      toValues[place] = values[at]!
    }
  }
  return { rows: width, width: rows, starts: turned, columns: toColumns, values: toValues }
}

type Sorted = { keys: Int32Array; others: Int32Array; values: Float32Array }

/** Counting sort by key; equal keys keep their order. */
function sorted(span: number, keys: Int32Array, others: Int32Array, values: Float32Array, count: number): Sorted {
  const starts = new Int32Array(span + 1)
  for (let at = 0; at < count; at += 1) starts[keys[at]! + 1]! += 1
  for (let key = 0; key < span; key += 1) starts[key + 1]! += starts[key]!
  const result = { keys: new Int32Array(count), others: new Int32Array(count), values: new Float32Array(count) }
  for (let at = 0; at < count; at += 1) {
    const place = starts[keys[at]!]!++
    result.keys[place] = keys[at]!
    result.others[place] = others[at]!
    result.values[place] = values[at]!
  }
  return result
}

function summed(rows: number, width: number, { keys, others, values }: Sorted): Matrix {
  const starts = new Int32Array(rows + 1)
  let kept = 0
  for (let at = 0; at < keys.length; at += 1) {
    const again = at > 0 && keys[at] === keys[at - 1] && others[at] === others[at - 1]
    if (again) values[kept - 1]! += values[at]!
    else {
      others[kept] = others[at]!
      values[kept] = values[at]!
      kept += 1
      starts[keys[at]! + 1] = kept
    }
  }
  for (let row = 0; row < rows; row += 1) starts[row + 1] = Math.max(starts[row + 1]!, starts[row]!)
  return { rows, width, starts, columns: others.slice(0, kept), values: values.slice(0, kept) }
}
