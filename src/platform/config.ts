import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { keyOf } from './secrets.ts'

/**
 * Settings of the machine, from the environment, else from `regulars.env` (KEY=value lines) in the working directory or at
 * REGULARS_CONFIG. What the merchant decides (currency, thresholds…) stands in the database instead.
 */
const shape = z.object({
  REGULARS_DATA: z.string().min(1).default('.data').describe('folder of the embedded engines, uploads and secrets'),
  REGULARS_BACKUPS: z.string().min(1).optional().describe('folder of backups; without it backups in the data folder'),
  HOST: z.string().min(1).default('127.0.0.1').describe('address to listen on; 0.0.0.0 for the shop’s own network'),
  PORT: z.coerce.number().int().min(0).max(65535).default(7300).describe('port to listen on; 0 takes a free one'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('address that people open, where a proxy stands before it'),
  TRUST_PROXY: z.enum(['yes', 'no']).default('no').describe('yes: believe X-Forwarded-For and -Proto of the peer'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional()
    .describe('a Postgres ≥ 16 of your own'),
  CLICKHOUSE_URL: z
    .string()
    .regex(/^https?:\/\//, 'must begin with http:// or https://')
    .optional()
    .describe('a ClickHouse of your own'),
  CLICKHOUSE_CLUSTER: z
    .string()
    .regex(/^\w+$/, 'must be the name of a cluster')
    .optional()
    .describe('cluster whose tables are Replicated and Distributed'),
  TRACKING_PREFIX: z
    .string()
    .regex(/^(\/(?!api|my\/?$|v1)[a-z0-9][a-z0-9-]*)+$/, 'must look like /collect')
    .optional()
    .describe('path under which the tracking door opens too, as /collect/v1/track'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('how much is logged'),
  SECRET_KEY: z
    .string()
    .refine((text) => keyOf(text) !== undefined, 'must be 32 bytes in base64 or 64 hexadecimal digits')
    .optional()
    .describe('key that seals secrets in the records; without it the file secret.key of the data folder'),
  METRICS_TOKEN: z.string().min(16).optional().describe('bearer token for /metrics; without it only loopback may read'),
})

export type Config = {
  dataDir: string
  /** Where backups go. */
  backups: string
  /** The file that settings were read from, where there is one. */
  file?: string
  host: string
  port: number
  publicUrl?: string
  trustProxy: boolean
  databaseUrl?: string
  clickhouseUrl?: string
  clickhouseCluster?: string
  trackingPrefix?: `/${string}`
  logLevel: z.infer<typeof shape>['LOG_LEVEL']
  metricsToken?: string
  secretKey?: Buffer
}

/**
 * Reads and checks the configuration.
 * @param instead other defaults, by key: a demo keeps its data elsewhere
 * @throws Error that names each wrong key, what it may be, and where it was read
 */
export function readConfig(
  env: Record<string, string | undefined> = process.env,
  cwd = process.cwd(),
  instead: Record<string, string> = {},
): Config {
  const file = env.REGULARS_CONFIG ? resolve(cwd, env.REGULARS_CONFIG) : resolve(cwd, 'regulars.env')
  if (env.REGULARS_CONFIG && !existsSync(file)) throw new Error(`REGULARS_CONFIG names ${file}, which does not exist.`)
  const fromFile = existsSync(file) ? parseFile(file) : {}
  const known = Object.keys(shape.shape)
  const unknown = Object.keys(fromFile).filter((key) => !known.includes(key))
  const picked = Object.fromEntries(known.map((key) => [key, env[key] || fromFile[key] || instead[key]]))
  const parsed = shape.safeParse(picked)
  const problems = [
    ...unknown.map((key) => `${key} in ${file}: no such setting`),
    ...(parsed.error?.issues ?? []).map((issue) => {
      const key = String(issue.path[0])
      return `${key} (${env[key] ? 'environment' : file}): ${issue.message}; it is the ${shape.shape[key as keyof typeof shape.shape].description}`
    }),
  ]
  if (problems.length > 0 || !parsed.success)
    throw new Error(`The configuration cannot be used:\n  ${problems.join('\n  ')}`)
  const value = parsed.data
  return {
    dataDir: resolve(cwd, value.REGULARS_DATA),
    backups: resolve(cwd, value.REGULARS_BACKUPS ?? join(value.REGULARS_DATA, 'backups')),
    file: existsSync(file) ? file : undefined,
    host: value.HOST,
    port: value.PORT,
    publicUrl: value.PUBLIC_URL,
    trustProxy: value.TRUST_PROXY === 'yes',
    databaseUrl: value.DATABASE_URL,
    clickhouseUrl: value.CLICKHOUSE_URL,
    clickhouseCluster: value.CLICKHOUSE_CLUSTER,
    trackingPrefix: value.TRACKING_PREFIX as Config['trackingPrefix'],
    logLevel: value.LOG_LEVEL,
    metricsToken: value.METRICS_TOKEN,
    secretKey: value.SECRET_KEY === undefined ? undefined : keyOf(value.SECRET_KEY),
  }
}

function parseFile(path: string): Record<string, string> {
  const values: Record<string, string> = {}
  for (const [index, raw] of readFileSync(path, 'utf8').split(/\r?\n/).entries()) {
    const line = raw.trim()
    if (!line || line.startsWith('#')) continue
    const at = line.indexOf('=')
    if (at < 1) throw new Error(`${path}, line ${index + 1}: expected KEY=value`)
    values[line.slice(0, at).trim()] = line
      .slice(at + 1)
      .trim()
      .replace(/^(["'])(.*)\1$/, '$2')
  }
  return values
}
