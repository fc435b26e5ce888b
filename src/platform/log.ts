import { type Logger, pino } from 'pino'

export type { Logger } from 'pino'

/**
 * The structured log. It says ids, counts and codes, never people: pass `{ customerId }`, not a customer.
 * @param level one of pino's levels; `silent` for tests
 */
export function createLog(level: string, destination?: { write(line: string): void }): Logger {
  const options = {
    level,
    base: undefined,
    redact: { paths: ['*.password', '*.token', '*.cookie', 'headers'], remove: true },
  }
  return destination ? pino(options, destination) : pino(options, pino.destination(2))
}

/**
 * What may be logged of an error: its name, code and where it was; never its message, which may quote a person's data, also over
 * several lines.
 */
export function faultOf(error: unknown): { name: string; code?: string; stack?: string } {
  if (!(error instanceof Error)) return { name: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const stack = error.stack?.replace(error.message, '').split('\n')
  return { name: error.name, code, stack: stack?.filter((line) => /^\s+at /.test(line)).join('\n') }
}
