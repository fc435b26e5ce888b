import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type CompiledQuery, sql } from 'kysely'
import { demoUpTo } from '#app/demo/index.ts'
import { openHouse } from '#app/open-house.ts'
import { listNewest, search } from '#know/customers/index.ts'
import { readConfig } from '#platform/config.ts'
import type { Context } from '#platform/context.ts'
import { overview } from '#understand/metrics/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import type { Condition } from '#understand/query/contract.ts'
import { listStandings } from '#understand/value/index.ts'
import { alternate, type Measured, percentile, report, timed } from './harness.ts'

const tell = (line: string) => process.stdout.write(`${line}\n`)

/** Pages over HTTP, warm, and the database time of each beside the best statement we can write by hand. */
export async function run(options: Record<string, string>): Promise<void> {
  const size = { customers: Number(options.customers ?? 1_000_000), orders: Number(options.orders ?? 10_000_000) }
  const calls = Number(options.calls ?? 200)
  const dataDir = options.data ?? (await mkdtemp(join(tmpdir(), 'regulars-bench-')))
  const config = readConfig({ ...process.env, REGULARS_DATA: dataDir, LOG_LEVEL: 'error' })
  const house = await openHouse(config, tell)
  const { ctx } = house
  try {
    let said = ''
    const made = await timed(() =>
      demoUpTo(ctx, { seed: 1, ...size }, ctx.clock.now(), {
        onProgress(step, done, of) {
          const line = step === 'history' ? `history: ${Math.floor((10 * done) / of) * 10}%` : step
          if (line !== said) tell(line)
          said = line
        },
      }),
    )
    tell(`shop: ${(made / 1000).toFixed(1)} s`)
    tell(`columns: ${((await timed(() => projectAll(ctx))) / 1000).toFixed(1)} s`)
    const measured = [
      ...(await overHttp(dataDir, calls, size.customers, options)),
      ...(await besideHand(ctx, Number(options.repeats ?? 15))),
    ]
    await report('pages', ctx, measured)
  } finally {
    await house.close()
    if (!options.data) await rm(dataDir, { recursive: true, force: true })
  }
}

const rung: Condition = { is: 'has', what: 'phone' }

const goals: Record<string, number> = {
  list: 100,
  'list by money': 100,
  'list of whom one can ring, by money': 100,
  'customer page': 100,
  'search 张伟': 150,
  overview: 300,
}

/** @param by whom the server lets in: the owner of a shop that stands (`--email`, `--password`), else one that is made */
async function overHttp(
  dataDir: string,
  calls: number,
  customers: number,
  by: { email?: string; password?: string },
): Promise<Measured[]> {
  // A shop that stands is served alone: what its schedule asks for (a backup, last night's stages) is no part of a page.
  const as = by.email ? 'serve' : 'start'
  const server = spawn(process.execPath, [fileURLToPath(new URL('../src/main.ts', import.meta.url)), as], {
    env: { ...process.env, REGULARS_DATA: dataDir, PORT: '0', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const address = await new Promise<URL>((resolve) => {
      let text = ''
      server.stdout.on('data', (chunk: Buffer) => {
        text += chunk
        const found = /http:\S+/.exec(text)
        if (found && text.includes('\n', found.index)) resolve(new URL(found[0]))
      })
    })
    const base = `${address.origin}/api`
    const headers: Record<string, string> = { 'content-type': 'application/json' }
    const { email = 'bench@example.com', password = 'a pot of keemun at noon' } = by
    const owner = { name: 'Bench', email, password, locale: 'en' }
    const token = /token=(.+)/.exec(address.hash)?.[1]
    const entry = token
      ? await fetch(`${base}/setup`, {
          method: 'POST',
          headers,
          body: JSON.stringify({
            token,
            owner,
            merchant: { name: 'Made', zone: 'Asia/Shanghai', currency: 'CNY', locale: 'en' },
            shop: { name: 'Made' },
          }),
        })
      : await fetch(`${base}/session`, { method: 'POST', headers, body: JSON.stringify({ email, password }) })
    if (!entry.ok) throw new Error(`sign-in answered ${entry.status}: ${await entry.text()}`)
    headers.cookie = entry.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')

    const get = (path: string) => ask(`${base}${path}`, { headers })
    const post = (path: string, body: unknown) =>
      ask(`${base}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    let turn = 0
    const anyone = () => 1 + ((turn++ * 7919) % Math.ceil(customers * 0.9))
    const pages: Record<string, () => Promise<unknown>> = {
      list: () => get('/customers?limit=50'),
      'list by money': () =>
        post('/customers/query', { where: { is: 'everyone' }, sort: { by: 'revenue', direction: 'down' }, limit: 50 }),
      'list of whom one can ring, by money': () =>
        post('/customers/query', { where: rung, sort: { by: 'revenue', direction: 'down' }, limit: 50 }),
      'customer page': () => {
        const id = anyone()
        return Promise.all([
          get(`/customers/${id}`),
          get(`/customers/${id}/standing`),
          get(`/orders?customerId=${id}&limit=10`),
          get(`/customers/${id}/timeline`),
        ])
      },
      'search 张伟': () => post('/customers/search', { text: '张伟', limit: 50 }),
      overview: () => get('/overview'),
    }
    const measured: Measured[] = []
    for (const [name, page] of Object.entries(pages)) {
      for (let warm = 0; warm < 10; warm += 1) await page()
      const times: number[] = []
      for (let call = 0; call < calls; call += 1) times.push(await timed(page))
      tell(`${name}: p50 ${percentile(times, 0.5).toFixed(1)} ms, p95 ${percentile(times, 0.95).toFixed(1)} ms`)
      measured.push({
        case: `${name}, over HTTP, p95 of ${calls}`,
        unit: 'ms',
        ours: [percentile(times, 0.95)],
        goal: { of: 'ours', atMost: goals[name]! },
      })
    }
    return measured
  } finally {
    server.kill('SIGTERM')
    await new Promise((resolve) => server.once('exit', resolve))
  }
}

async function ask(url: string, init: RequestInit): Promise<void> {
  const answer = await fetch(url, init)
  const body = await answer.text()
  if (!answer.ok) throw new Error(`${new URL(url).pathname} answered ${answer.status}: ${body}`)
}

/** What a verb asks the records, to be asked again by itself: the database's time without our shaping of the answer. */
async function statementsOf(ctx: Context, verb: (ctx: Context) => Promise<unknown>): Promise<() => Promise<unknown>> {
  const asked: CompiledQuery[] = []
  const executor = ctx.db.getExecutor()
  const db = ctx.db.withPlugin({
    transformQuery({ node, queryId }) {
      asked.push(executor.compileQuery(node, queryId))
      return node
    },
    transformResult: async ({ result }) => result,
  })
  await verb({ ...ctx, db })
  return () => Promise.all(asked.map((statement) => ctx.db.executeQuery(statement)))
}

/** Each verb's statements beside the best one for the same answer, on the same engine and client, in turn. */
async function besideHand(ctx: Context, repeats: number): Promise<Measured[]> {
  const columns = async (query: string) => {
    await (await ctx.columns.query({ query, format: 'JSONEachRow' })).json()
  }
  // The overview's cache is keyed by its input, so each turn asks for another day.
  let day = 0
  const asOf = () => new Date(Date.UTC(2026, 0, 1 + (day++ % 28))).toISOString().slice(0, 10)
  const byHand = sql`id, name, number, gender, phone, email, country, province, city, owner_id, created_at, version,
    birth_calendar, birth_year, birth_month, birth_leap, birth_day`
  const pairs: Record<string, [() => Promise<unknown>, () => Promise<unknown>]> = {
    list: [
      await statementsOf(ctx, (watched) => listNewest(watched, { limit: 50 })),
      () =>
        sql`select ${byHand} from customers where merged_into is null order by created_at desc, id desc limit 51`.execute(
          ctx.db,
        ),
    ],
    'search 张伟': [
      await statementsOf(ctx, (watched) => search(watched, { text: '张伟', limit: 50 })),
      () =>
        sql`select ${byHand} from customers where tokens @> array['张伟'] and merged_into is null
             order by case when name = '张伟' then 0 when starts_with(name, '张伟') then 1 else 2 end, created_at desc, id desc
             limit 50`.execute(ctx.db),
    ],
    // Of everybody the first page is kept while the columns stand; of some it is asked anew.
    'list of whom one can ring, by money': [
      () => listStandings(ctx, { where: rung, sort: { by: 'revenue', direction: 'down' }, limit: 50 }),
      async () => {
        await columns(
          'SELECT customer_id, first_purchase, last_purchase, purchases, revenue FROM traits FINAL WHERE has_phone = 1 ORDER BY revenue DESC, customer_id LIMIT 51',
        )
        await sql`select id, name, phone, city from customers where id = any(array(select id from customers limit 50))`.execute(
          ctx.db,
        )
      },
    ],
    overview: [
      () => overview(ctx, { asOf: asOf() }),
      async () => {
        const until = asOf()
        const from = new Date(Date.parse(until) - 29 * 86_400_000).toISOString().slice(0, 10)
        await Promise.all([
          columns(
            `SELECT toStartOfMonth(day) AS m, sum(amount), countIf(kind = 'sale') FROM orders FINAL WHERE status <> 'void' AND day <= '${until}' GROUP BY m`,
          ),
          columns(`SELECT multiIf(empty(p), 'never', last < toDate('${until}') - 270, 'lost', last < toDate('${until}') - 180, 'sleeping', last < toDate('${until}') - 90, 'silent', 'active') AS stage, count(), countIf(length(p) > 1), countIf(p[1] >= '${from}'), countIf(last >= '${from}'),
                   sumMap(arrayMap(d -> toRelativeMonthNum(d), arrayDistinct(arrayMap(d -> toStartOfMonth(d), p))), arrayMap(d -> 1, arrayDistinct(arrayMap(d -> toStartOfMonth(d), p))))
                 FROM (SELECT arrayFilter((d, s) -> s = 1 AND d <= '${until}', days, sales) AS p, p[-1] AS last FROM traits FINAL) GROUP BY stage`),
        ])
      },
    ],
  }
  const measured: Measured[] = []
  for (const [name, [ours, hand]] of Object.entries(pairs)) {
    await ours()
    await hand()
    const times = await alternate(
      repeats,
      () => timed(ours),
      () => timed(hand),
    )
    measured.push({
      case: `${name}, database time beside a statement by hand`,
      unit: 'ms',
      ...times,
      goal: { of: 'ratio', atMost: 1.5 },
    })
  }
  return measured
}
