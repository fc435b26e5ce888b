import type { Delimiter } from '../table.ts'
import { type CsvDialect, CsvRows } from './rows.ts'

const delimiters: Delimiter[] = [',', ';', '\t', '|']
const looked = 64 * 1024

/**
 * How a text separates its cells: by what gives the same number of cells in most rows, the first included.
 * Excel's own hint (`sep=;` in the first line) is believed.
 */
export function guessDialect(head: string, whole: boolean): CsvDialect {
  const newline = !head.includes('\n') && head.includes('\r') ? '\r' : '\n'
  const hint = /^sep=([,;\t|])\r?$/.exec(head.split(newline, 1)[0]!)
  if (hint) return { delimiter: hint[1] as Delimiter, newline }

  const text = head.slice(0, looked)
  const last = whole && text.length === head.length
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 }
  for (const delimiter of delimiters) {
    const score = fitness(text, { delimiter, newline }, last)
    if (score > best.score) best = { delimiter, score }
  }
  return { delimiter: best.delimiter, newline }
}

function fitness(text: string, dialect: CsvDialect, last: boolean): number {
  const reader = new CsvRows('', dialect, text.length)
  const widths = reader
    .read(text, last)
    .filter((record) => record.cells.length > 1 || record.cells[0]!.trim() !== '')
    .map((record) => record.cells.length)
  const counts = new Map<number, number>()
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1)
  const [usual, times] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0]
  if (usual < 2) return 0
  const agreement = times / widths.length
  return agreement * agreement * Math.log2(usual + 1) * (widths[0] === usual ? 1 : 0.6) * (reader.refusal ? 0.5 : 1)
}
