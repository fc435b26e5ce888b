import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand } from '#app/cli.ts'
import { type Engines, holdEngines } from '#platform/engines/index.ts'

// The command line, as an operator and his scripts call it: one house, command after command. Results go to standard output,
// words for people to standard error; the exit code says how it ended. What a process is (its exit code, its start) is asked of the
// real program; what a command does, of the same command line inside of this process, which saves a start of two seconds each time.

const root = new URL('..', import.meta.url).pathname
let folder: string
let engines: Engines
beforeAll(async () => {
  // Each command of ours listens for the end of its process; there is one process here for all.
  process.setMaxListeners(0)
  process.stdout.setMaxListeners(0)
  folder = mkdtempSync(join(tmpdir(), 'regulars-cli-'))
  engines = await holdEngines({ dataDir: join(folder, 'data'), durable: false })
})
afterAll(async () => {
  await engines.release()
  rmSync(folder, { recursive: true, force: true })
})

// biome-ignore lint/suspicious/noExplicitAny: a test reads the JSON that it expects
type Ran = { code: number | null; out: string; err: string; json(): any }

/** A command in this process: one after the other, because standard output is one. */
async function regulars(args: string[], env: Record<string, string> = {}): Promise<Ran> {
  const before = { ...process.env }
  const [cwd, stdout, stderr] = [process.cwd(), process.stdout.write, process.stderr.write]
  let [out, err] = ['', '']
  const kept = (keep: (text: string) => void) =>
    ((chunk: string | Uint8Array, ...rest: unknown[]) => {
      keep(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString())
      const done = rest.findLast((one) => typeof one === 'function') as (() => void) | undefined
      done?.()
      return true
    }) as typeof process.stdout.write
  Object.assign(process.env, { REGULARS_DATA: join(folder, 'data'), PORT: '0', LOG_LEVEL: 'warn', ...env })
  process.chdir(folder)
  process.stdout.write = kept((text) => {
    out += text
  })
  process.stderr.write = kept((text) => {
    err += text
  })
  try {
    const code = await runCommand(args)
    return { code, out, err, json: () => JSON.parse(out) }
  } finally {
    process.stdout.write = stdout
    process.stderr.write = stderr
    process.exitCode = undefined
    process.chdir(cwd)
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
    Object.assign(process.env, before)
  }
}

/** A command as a process of its own. */
function program(args: string[], env: Record<string, string> = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(root, 'src/main.ts'), ...args],
      {
        cwd: folder,
        env: { ...process.env, REGULARS_DATA: join(folder, 'data'), PORT: '0', LOG_LEVEL: 'warn', ...env },
      },
    )
    let [out, err] = ['', '']
    child.stdout.on('data', (text) => {
      out += text
    })
    child.stderr.on('data', (text) => {
      err += text
    })
    child.once('exit', (code) => resolve({ code, out, err, json: () => JSON.parse(out) }))
  })
}

/** Sets the house up as its owner would on the first page. */
async function setUp(): Promise<void> {
  const shop = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, 'src/main.ts'), 'start', '--json'],
    {
      cwd: folder,
      env: { ...process.env, REGULARS_DATA: join(folder, 'data'), PORT: '0', LOG_LEVEL: 'warn' },
    },
  )
  const told = await new Promise<{ addresses: string[]; setUp: string }>((resolve) =>
    shop.stdout.once('data', (line) => resolve(JSON.parse(String(line)))),
  )
  const answer = await fetch(`${told.addresses[0]}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      token: told.setUp.replace(/.*token=/, ''),
      owner: { name: '林店长', email: 'lin@example.com', password: 'a-long-pass-phrase-of-tea', locale: 'zh-CN' },
      merchant: { name: '云栖茶舍', zone: 'Asia/Shanghai', currency: 'CNY', locale: 'zh-CN' },
      shop: { name: '总店' },
    }),
  })
  expect(answer.status).toBe(201)
  const ended = new Promise((resolve) => shop.once('exit', resolve))
  shop.kill('SIGTERM')
  expect(await ended, 'a stop by SIGTERM is a good end').toBe(0)
}

const orders = `订单编号,下单时间,商品编码,商品名称,数量,单价,姓名,手机
A1,2026-01-05 10:00:00,TEA-1,龙井,1,128.00,林小满,13912340001
A1,2026-01-05 10:00:00,CUP-1,"盖碗,白",2,45.50,林小满,13912340001
A2,2026-02-10 15:30:00,TEA-1,龙井,3,128.00,周敏,13912340002
`

describe('one house, command after command', () => {
  test('migrate makes it, start sets it up', async () => {
    const made = await program(['migrate', '--json'])
    expect(made.code).toBe(0)
    expect(made.json().applied.length).toBeGreaterThan(5)
    expect((await regulars(['migrate', '--json'])).json()).toEqual({ applied: [] })

    const early = await program(['export', 'customers'])
    expect([early.code, early.out]).toEqual([3, ''])

    await setUp()
  })

  test('import brings orders in; the same file again changes nothing', async () => {
    writeFileSync(join(folder, 'orders.csv'), orders)
    const first = await regulars(['import', 'orders.csv', '--json'])
    expect(first.err).not.toContain('Error')
    expect([first.code, Object.keys(first.json()).length > 0]).toEqual([0, true])

    const again = await regulars(['import', 'orders.csv', '--json'])
    expect(again.code).toBe(0)
  })

  test('customers are listed, found and shown', async () => {
    const list = await regulars(['customers', 'list', '--json'])
    expect(list.code).toBe(0)
    const names = list.json().items.map((one: { name: string }) => one.name)
    expect(names.sort()).toEqual(['周敏', '林小满'])

    const found = await regulars(['customers', 'search', '小满'])
    expect(found.out).toMatch(/^\d+\t林小满\t\+8613912340001/)

    const id = found.out.split('\t')[0]!
    const shown = (await regulars(['customers', 'show', id, '--json'])).json()
    expect(shown).toMatchObject({ name: '林小满', standing: { purchases: 1 } })
    expect((await regulars(['customers', 'show', '999999'])).code).toBe(3)
  })

  test('export writes the same rows as the page', async () => {
    const file = join(folder, 'customers.csv')
    const done = await regulars(['export', 'customers', file, '--columns', 'name,phone,revenue', '--json'])
    expect(done.json()).toMatchObject({ what: 'customers', bytes: statSync(file).size })
    const lines = readFileSync(file, 'utf8').replace('\ufeff', '').trim().split('\r\n')
    expect(lines[0]).toMatch(/^"姓名","[^"]+","[^"]+"$/)
    expect(lines.slice(1).sort()).toEqual([`"周敏","'+8613912340002","384.00"`, `"林小满","'+8613912340001","219.00"`])

    const orderLines = await regulars([
      'export',
      'lines',
      '--language',
      'en',
      '--from',
      '2026-01-01',
      '--to',
      '2026-01-31',
    ])
    expect(orderLines.out.split('\r\n')[0]).toContain('"Number","Placed"')
    expect(orderLines.out).toContain('"盖碗,白"')
    expect(orderLines.out).toContain('2026-01-05 10:00:00')
    expect(orderLines.out).not.toContain('A2')
    expect((await regulars(['export', 'orders'])).out.trim().split('\r\n')).toHaveLength(3)
    expect((await regulars(['export', 'products'])).out).toContain('TEA-1')
    expect((await regulars(['export', 'customers', '--columns', 'name,shoe_size'])).code).toBe(2)
  })

  test('staff add invites', async () => {
    const { code, json } = await regulars(['staff', 'add', '--email', 'mei@example.com', '--name', '小美', '--json'])
    expect(code).toBe(0)
    expect(json().url).toMatch(/#/)
  })

  test('an act on a list is begun, looked at and taken back; nobody is meant by an omission', async () => {
    const nobody = await regulars(['bulk', 'do', '{"do":"manner","rule":"never","channel":"phone"}'])
    const wrong = await regulars(['bulk', 'do', '{"do":"everything"}', '--everybody'])
    const done = await regulars([
      ...['bulk', 'do', '{"do":"manner","rule":"never","channel":"phone"}'],
      ...['--where', 'spent(last 3000 days) >= 300', '--json'],
    ])
    expect([nobody.code, nobody.err, wrong.code, done.code]).toEqual([
      3,
      'Say whom: --where with a question, --ids, or --everybody.\n',
      3,
      0,
    ])
    expect(done.json()).toMatchObject({ state: 'done', total: 1, changed: 1, actorName: null })
    const id = String(done.json().id)
    expect((await regulars(['bulk', 'people', id])).out).toMatch(/^\d+\t周敏\n$/)
    const back = await regulars(['bulk', 'undo', id])
    expect(back.out).toBe(`${id}\tmanner\tundone\t1 on the list\t1 taken back, 0 kept\n`)
    expect((await regulars(['bulk', 'list', '--json'])).json().items).toMatchObject([{ state: 'undone' }])
    expect((await regulars(['bulk', 'undo', id])).code).toBe(3)
    expect((await regulars(['bulk', 'tag', 'no such tag', '--everybody'])).code).toBe(3)
  })

  test('how old what is known of somebody is: shown, doubted, confirmed; the terms changed', async () => {
    const id = (await regulars(['customers', 'search', '小满'])).out.split('\t')[0]!
    const state = (ran: Ran) => ran.json().items.find(({ field }: { field: string }) => field === 'phone').state
    expect(state(await regulars(['fresh', 'show', id, '--json']))).toBe('fresh')
    expect(state(await regulars(['fresh', 'doubt', id, 'phone', '--json']))).toBe('invalid')
    expect((await regulars(['fresh', 'confirm', id, 'phone'])).out).toMatch(/^phone\tfresh\t\S+\tconfirmed$/m)
    expect((await regulars(['fresh', 'confirm', id, 'shoe size'])).code).toBe(2)
    expect((await regulars(['fresh', 'terms', 'phone', '6'])).out).toBe('phone\t6\n')
    expect((await regulars(['fresh', 'terms', 'income', 'never', '--json'])).json().months).toMatchObject({
      phone: 6,
      income: null,
    })
  })

  test('rebuild makes the columns anew, and the numbers are the same', async () => {
    const before = (await regulars(['overview', '--as-of', '2026-03-01', '--json'])).json()
    expect((await regulars(['rebuild', '--json'])).json()).toMatchObject({ customers: 2 })

    expect((await regulars(['overview', '--as-of', '2026-03-01', '--json'])).json()).toEqual(before)
  })

  test('backup, and restore into a house beside it', async () => {
    const file = join(folder, 'shop.tar')
    const made = await regulars(['backup', file, '--json'])
    expect(made.json()).toMatchObject({ path: file, bytes: statSync(file).size })
    expect((await regulars(['backup', file])).code, 'a file is not overwritten').toBe(3)

    const elsewhere = { REGULARS_DATA: join(folder, 'elsewhere') }
    const other = await holdEngines({ dataDir: elsewhere.REGULARS_DATA, durable: false })
    const restored = await regulars(['restore', file, '--json'], elsewhere)
    expect(restored.json()).toMatchObject({
      rows: made.json().rows,
      files: [join(elsewhere.REGULARS_DATA, 'secret.key')],
    })
    const again = await regulars(['restore', file], elsewhere)
    expect([again.code, again.err]).toEqual([3, expect.stringContaining('not empty')])
    const asOf = ['overview', '--as-of', '2026-03-01', '--json']
    expect((await regulars(asOf, elsewhere)).json()).toEqual((await regulars(asOf)).json())
    await other.release()
  })

  test('health and doctor', async () => {
    const health = await regulars(['health', '--json'])
    expect([health.code, health.json()]).toMatchObject([0, { ok: true, postgres: 'up', clickhouse: 'up' }])

    // The engines of tests do not sync, and the doctor sees that.
    const doctor = await regulars(['doctor', '--json'])
    expect([doctor.code, doctor.json().ok]).toEqual([1, false])
    const words = await regulars(['doctor'])
    expect(words.err).toContain('WRONG  Postgres runs with fsync = off.')
    expect(words.err).toContain('$ regulars start')
    expect(words.out).toBe('')
  })
})

describe('whatever is asked', () => {
  test('the program tells its exit code and what it has to say as the command line does', async () => {
    const [real, here] = [await program(['brew']), await regulars(['brew'])]

    expect({ ...real, json: 0 }).toEqual({ ...here, json: 0 })
  })

  test.each([[['brew']], [['import']], [['export', 'coffee']], [['customers', 'list', '--limit', 'many']]])(
    'wrong use (%j) ends with 2 and says how',
    async (args) => {
      const { code, out, err } = await regulars(args)

      expect([code, out]).toEqual([2, ''])
      expect(err).toContain('--help')
    },
  )

  test('a configuration that cannot be used ends with 1 and names the key', async () => {
    const { code, err } = await program(['health'], { PORT: 'many' })

    expect([code, err]).toEqual([1, expect.stringContaining('PORT')])
  })

  test('a file that is no backup is refused', async () => {
    writeFileSync(join(folder, 'photo.jpg'), 'x'.repeat(2000))

    const { code, err } = await regulars(['restore', join(folder, 'photo.jpg')], {
      REGULARS_DATA: join(folder, 'data'),
    })

    expect([code, err]).toEqual([3, expect.stringContaining('not a backup')])
  })
})
