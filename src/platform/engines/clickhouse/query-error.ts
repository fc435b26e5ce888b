/** What ClickHouse says when it says no: its number and its sentence, as its HTTP interface would send them. */
export class QueryError extends Error {
  override name = 'QueryError'
  readonly code: number
  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

/** Makes one of whatever the engine threw. */
export function toQueryError(error: unknown): QueryError {
  if (error instanceof QueryError) return error
  const message = error instanceof Error ? error.message : String(error)
  const code = /Code: (\d+)\. DB::Exception/.exec(message)?.[1]
  if (code) return new QueryError(Number(code), message)
  if (/ENOSPC/.test(message)) return refuse(243, 'The disk is full: the rows could not be kept', 'NOT_ENOUGH_SPACE')
  return refuse(1002, message, 'UNKNOWN_EXCEPTION')
}

export function refuse(code: number, words: string, name: string): QueryError {
  return new QueryError(code, `Code: ${code}. DB::Exception: ${words}. (${name})`)
}

/** The same HTTP status that a ClickHouse server answers with. */
export function statusOf(code: number): number {
  if ([516, 497].includes(code)) return 403
  if ([60, 81, 36_000, 46, 47, 115, 218].includes(code)) return 404
  if ([62, 36, 42, 43, 53, 26, 27, 41, 6, 72, 69, 70, 457, 456].includes(code)) return 400
  if ([159, 160].includes(code)) return 408
  if (code === 202) return 503
  if (code === 394) return 499
  if (code === 164) return 403
  if (code === 243) return 507
  return 500
}
