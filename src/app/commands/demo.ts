import { join } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { sql } from 'kysely'
import { systemClock } from '#platform/clock.ts'
import { type Config, readConfig } from '#platform/config.ts'
import { Refusal } from '#platform/refusal.ts'
import { keepDigest } from '#understand/digest/index.ts'
import { latestForecast, makeForecast } from '#understand/predictions/index.ts'
import {
  alone,
  clearDemo,
  demoShopOf,
  demoUpTo,
  fillColumns,
  fillMeanwhile,
  findDuplicates,
  keepBook,
  keepDemoSegments,
  live,
  type SignIn,
  type Step,
  signInsOf,
} from '../demo/index.ts'
import { modulesOf } from '../modules.ts'
import { type House, openHouse } from '../open-house.ts'
import { runHouse } from '../run-house.ts'
import { interruption, progressBar, tell, tellJson } from './terminal.ts'

type Wanted = {
  live?: boolean
  speed?: number
  customers?: number
  orders?: number
  events?: number
  seed?: number
  anew?: boolean
  onlyMake?: boolean
  json?: boolean
}

export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description(
      'a tea shop with two years of life, to look around in: made at the first start, gone on with at each next',
    )
    .option('--live', 'let it go on living fast: a shop day a minute')
    .option('--speed <days>', 'how many shop days a minute it lives with --live', positive, 1)
    .option(
      '--customers <count>',
      'how many customers it has made (20000 unless told; at most 3000000)',
      wholeUpTo(3_000_000),
    )
    .option('--orders <count>', 'about how many orders they placed; for load tests', wholeUpTo(100_000_000))
    .option(
      '--events <count>',
      'about how much they looked around: views, carts, favourites; as people do unless told',
      wholeUpTo(1_000_000_000),
    )
    .option(
      '--seed <number>',
      'another seed, another shop; the same seed on the same day, the same shop',
      wholeUpTo(2 ** 31 - 1),
    )
    .option('--anew', 'throw the demo of this folder away and make another')
    .option('--only-make', 'make it and end, without serving')
    .option('--json', 'one line of JSON when it is open (or made)')
    .addHelpText(
      'after',
      `
It keeps its data in .data/demo, or where REGULARS_DATA says, and never touches a house that is not a demo. Ctrl-C stops it at any
time, also while it is being made: the next start goes on from there. Everybody and everything in it is invented.

Examples:
  regulars demo
  regulars demo --live
  regulars demo --live --speed 10
  REGULARS_DATA=/tmp/big regulars demo --customers 1000000 --only-make
  REGULARS_DATA=/tmp/big regulars demo --customers 1000000 --orders 10000000 --events 50000000 --only-make
  REGULARS_DATA=.data/demo regulars overview`,
    )
    .action(run)
}

async function run(wanted: Wanted): Promise<void> {
  const config = readConfig(process.env, process.cwd(), { REGULARS_DATA: '.data/demo' })
  const signal = interruption()
  if (wanted.anew) await clear(config)
  const house = await openHouse(config, tell)
  try {
    await alone(house.ctx, async () => {
      const began = systemClock.machine().getTime()
      const made = await make(house, config, wanted, signal)
      const seconds = Math.round((systemClock.machine().getTime() - began) / 100) / 10
      const found = { ...(await sizesOf(house)), seconds }
      if (wanted.onlyMake) {
        if (wanted.json) tellJson({ ...found, signIns: made.signIns })
        else tell(sizeText(found))
        return
      }
      const speed = wanted.live || wanted.speed !== 1 ? (wanted.speed ?? 1) * 1440 : 1
      await runHouse(config, house, signal, {
        serves: true,
        works: true,
        onOpen(addresses) {
          if (wanted.json) tellJson({ addresses, ...found, signIns: made.signIns })
          else process.stdout.write(greeting(addresses, found, made.signIns, speed))
        },
        beside: (ctx) => live(ctx, house.shopTime.clock, made.told, { speed, signal }),
      })
      process.exitCode = 0
    })
  } catch (error) {
    if (signal.aborted) tell('Broken off. The next start goes on from there.')
    throw error
  } finally {
    await house.close()
  }
}

/** Customers of whom a forecast takes a few seconds. */
const mostForecast = 60_000

async function make(house: House, config: Config, wanted: Wanted, signal: AbortSignal) {
  const { ctx } = house
  house.shopTime.stop()
  await refuseOther(house, wanted)
  const line = progressBar(() => ctx.clock.machine().getTime())
  const customers = wanted.customers ?? 20_000
  const seed = wanted.seed ?? 1
  let signIns: SignIn[] = []
  let meanwhile: ReturnType<typeof fillMeanwhile> | undefined
  try {
    const told = await demoUpTo(
      ctx,
      { seed, customers, orders: wanted.orders, events: wanted.events },
      ctx.clock.now(),
      {
        signal,
        files: join(config.dataDir, 'demo-files'),
        onYears: () => {
          meanwhile = fillMeanwhile(ctx)
        },
        hire: async (ctx) => {
          signIns = await signInsOf(ctx, config.dataDir)
        },
        onProgress: (step, done, of, orders) => line.show(stepText(step, orders), done / of),
      },
    )
    await keepBook(ctx, told)
    await meanwhile?.end()
    await Promise.all([
      findDuplicates(ctx, signal),
      fillColumns(ctx, modulesOf(config), {
        signal,
        onProgress: (waiting) => line.show(`columns: ${waiting} rows wait`),
        onTurn: (loop, turns) => line.show(`what follows from them: ${loop}, ${turns} turns`),
      }),
    ])
    await keepDemoSegments(ctx, { customers, writer: told.known.writers.W! })
    await keepDigest(ctx)
    // What a running house does in its first night; a larger shop waits for it.
    if (customers <= mostForecast && !(await latestForecast(ctx)).forecast) await makeForecast(ctx, { signal })
    return { told, signIns }
  } finally {
    await meanwhile?.end().catch(() => undefined)
    line.end()
  }
}

/** @throws Refusal `demo.other_shop` where the folder holds another shop than the one asked for */
async function refuseOther({ ctx }: House, { customers, seed }: Wanted): Promise<void> {
  const shop = await demoShopOf(ctx)
  if (!shop) return
  if ((customers ?? shop.customers) !== shop.customers || (seed ?? shop.seed) !== shop.seed) {
    throw new Refusal('conflict', 'demo.other_shop', { customers: shop.customers, seed: shop.seed })
  }
}

async function clear(config: Config): Promise<void> {
  const house = await openHouse(config, tell)
  house.shopTime.stop()
  try {
    if (await demoShopOf(house.ctx)) await alone(house.ctx, () => clearDemo(house.ctx))
  } finally {
    await house.close()
  }
}

type Sizes = {
  customers: number
  orders: number
  events: number
  products: number
  shopTime: string
  seconds: number
}

async function sizesOf({ ctx }: House): Promise<Omit<Sizes, 'seconds'>> {
  const { rows } = await sql<{ customers: number; orders: number; products: number }>`
    select (select count(*) from customers) as customers, (select count(*) from orders) as orders,
           (select count(*) from products) as products`.execute(ctx.db)
  const events = await ctx.columns.query({ query: 'SELECT count() AS events FROM behaviour', format: 'JSONEachRow' })
  return { ...rows[0]!, ...(await events.json<{ events: number }>())[0]!, shopTime: ctx.clock.now().toISOString() }
}

function stepText(step: Step, orders = 0): string {
  if (step === 'history') return `of the history, ${orders.toLocaleString('en')} orders`
  return {
    ways: 'of the parcels',
    indexes: 'of the indexes',
    keys: 'of the keys checked',
    statistics: 'of the statistics',
  }[step]
}

function sizeText({ customers, orders, events, products, seconds }: Sizes): string {
  const count = (value: number) => value.toLocaleString('en')
  return `${count(customers)} customers, ${count(orders)} orders, ${count(events)} events, ${products} products; ready in ${seconds} s`
}

function greeting(addresses: readonly string[], sizes: Sizes, signIns: readonly SignIn[], speed: number): string {
  const shown = signIns.filter(({ role }, at) => signIns.findIndex((one) => one.role === role) === at)
  const lines = shown.map(
    ({ role, name, email, password }) => `  ${role.padEnd(10)} ${email.padEnd(22)} ${password}   ${name}`,
  )
  const lives =
    speed === 1
      ? 'It lives as fast as you do; --live lets it live a day a minute. Ctrl-C stops.'
      : `It lives ${speed / 1440} shop day${speed === 1440 ? '' : 's'} a minute. Ctrl-C stops.`
  return `
Regulars 熟客: the demo shop 溪山茶事. ${sizeText(sizes)}
${addresses.map((address) => `  ${address}/`).join('\n')}

Sign in as
${lines.join('\n')}

Everybody in it is invented. ${lives}
`
}

function wholeUpTo(most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!Number.isInteger(value) || value < 1 || value > most)
      throw new InvalidArgumentError(`Give a whole number from 1 to ${most}.`)
    return value
  }
}

function positive(text: string): number {
  const value = Number(text)
  if (!(value > 0 && value <= 1000)) throw new InvalidArgumentError('Give a number above 0, at most 1000.')
  return value
}
