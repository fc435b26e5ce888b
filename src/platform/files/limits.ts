/** What a file may cost before it is refused. Every number is a ceiling, checked while reading, never after. */
export type FileLimits = {
  /** Bytes that a .gz may unfold to. */
  inflatedBytes: number
  /** How many times larger than on disk a .gz may become; looked at from the first 16 MB on. */
  inflateRatio: number
  /** Characters of one row, all cells together. A quote that is never closed is found after this many. */
  rowCharacters: number
  columns: number
  xlsx: XlsxLimits
}

export type XlsxLimits = {
  /** Files inside the workbook. */
  entries: number
  /** Bytes of all files inside together, both as declared and as counted while unfolding. */
  inflatedBytes: number
  /** How many times larger than packed one inner file may become; looked at from 10 MB on. */
  inflateRatio: number
  rows: number
  /** Characters of all shared texts together: they are held in memory while a sheet is read. */
  sharedCharacters: number
}

export const fileLimits: FileLimits = {
  inflatedBytes: 4 * 1024 ** 3,
  inflateRatio: 200,
  rowCharacters: 4 * 1024 ** 2,
  columns: 16_384,
  xlsx: {
    entries: 1_000,
    inflatedBytes: 500 * 1024 ** 2,
    inflateRatio: 100,
    rows: 1_048_576,
    sharedCharacters: 64 * 1024 ** 2,
  },
}
