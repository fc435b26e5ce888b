import type { ReactNode } from 'react'

/**
 * A column of a ledger.
 * @example { key: 'spent', title: t('customers.spent'), cell: (row) => <Money minor={row.spent} />, align: 'end', sort: 'spent' }
 */
export type Column<Row> = {
  key: string
  title: string
  cell: (row: Row) => ReactNode
  align?: 'end'
  /** The sort this column's heading asks for; the list's `sort` is this name, or `-name` for descending. */
  sort?: string
  /** Which way the first click sorts; numbers and days want the most first. */
  first?: 'ascending' | 'descending'
  /** The column tells days: its sorts are named latest and earliest, not most and least. */
  days?: boolean
  /** Cannot be hidden. The first column never can. */
  always?: boolean
  /** Hidden until chosen. */
  hidden?: boolean
  /** Where a phone's card shows it: beside the title, as a line of half or full width, or not at all. */
  card?: 'side' | 'half' | 'full' | 'none'
}

/** Which rows are chosen. */
export type Picks = { picked: ReadonlySet<string | number>; onPick: (picked: ReadonlySet<string | number>) => void }

export type LedgerProps<Row> = {
  /** Under which the chosen columns are kept: `customers`. */
  name: string
  /** What the table is, for a screen reader. */
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[] | undefined
  rowKey: (row: Row) => string | number
  /** Where a row opens. */
  to?: (row: Row) => string
  /** New rows are on their way; the old ones stay. */
  busy?: boolean
  error?: unknown
  onAgain?: () => unknown
  empty: ReactNode
  sort?: string
  onSort?: (sort: string) => void
  /** Rows may be chosen, each by a box at its beginning; keys of `rowKey`. */
  picks?: Picks
  /** What stands above at the left: how many there are. */
  count?: ReactNode
  /** What stands above at the right, beside the choice of columns. */
  tools?: ReactNode
}
