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
