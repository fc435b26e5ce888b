import { setTimeout as pause } from 'node:timers/promises'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { type BulkAct, type BulkDo, type BulkWhom, bulkDo, bulkPeople } from '#know/bulk/contract.ts'
import { beginBulk, bulkPeopleOf, getBulk, goOnBulk, listBulk, runBulk, stopBulk, undoBulk } from '#know/bulk/index.ts'
import { activeStaffByEmail } from '#know/staff/index.ts'
import { tagsOf } from '#know/tags/index.ts'
import { append } from '#platform/audit/index.ts'
import { systemClock } from '#platform/clock.ts'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import { projectAll } from '#understand/projection/index.ts'
import { picking } from '#understand/segments/index.ts'
import { listed } from '#understand/value/index.ts'
import { wholeNumber } from './arguments.ts'
import { inHouse } from './in-house.ts'
import { understood } from './segments.ts'
import { interruption, progressBar, tellJson, tellRow } from './terminal.ts'

const plugs = { listed, picking }

type Json = { json?: boolean }
type Whom = { where?: string; ids?: number[]; everybody?: boolean }
type Said = Whom & Json & { reason?: string; until?: string; note?: string }

export function addBulkCommands(program: Command): void {
  const command = program
    .command('bulk')
    .description('do something to everybody on a list; each act can be looked up, stopped and taken back')
  addLooks(command)
  addActs(command)
  addSteering(command)
}

function addLooks(command: Command): void {
  command
    .command('list')
    .description('acts on lists, newest first')
    .option('--limit <count>', 'how many', wholeNumber, 20)
    .option('--json', 'one line of JSON')
    .addHelpText('after', '\nExample:\n  regulars bulk list --json | jq .items[].state')
    .action(({ limit, json }: Json & { limit: number }) =>
      inHouse(async (ctx) => {
        const found = await listBulk(ctx, { limit })
        if (json) return tellJson(found)
        for (const act of found.items) tellRow(...cellsOf(act))
      }),
    )
  command
    .command('show')
    .description('one act: how far it is, what it did')
    .argument('<act>', 'its number', wholeNumber)
    .option('--json', 'one line of JSON')
    .addHelpText('after', '\nExample:\n  regulars bulk show 7')
    .action((id: number, { json }: Json) => inHouse(async (ctx) => show(await getBulk(ctx, id), json)))
  command
    .command('people')
    .description('whom an act changed, or was kept from')
    .argument('<act>', 'its number', wholeNumber)
    .addOption(new Option('--state <state>', 'which of them').choices([...bulkPeople]).default('changed'))
    .option('--limit <count>', 'how many', wholeNumber, 100)
    .option('--after <cursor>', 'the next page: `next` of the page before')
    .option('--json', 'one line of JSON')
    .addHelpText('after', '\nExample:\n  regulars bulk people 7 --state kept')
    .action((id: number, { json, ...page }: Json & Omit<Parameters<typeof bulkPeopleOf>[1], 'id'>) =>
      inHouse(async (ctx) => {
        const found = await bulkPeopleOf(ctx, { id, ...page })
        await append(ctx, { action: 'bulk.people', outcome: 'seen', object: 'customers', rows: found.items.length })
        if (json) return tellJson(found)
        for (const { id, name, number } of found.items) tellRow(id, name ?? number ?? '')
        if (found.next) process.stderr.write(`More: --after ${found.next}\n`)
      }),
    )
}

const example = "--where 'purchases >= 6'"

function addActs(command: Command): void {
  withWhom(command.command('tag').description('give everybody on a list a tag'))
    .argument('<tag>', 'what it is called, or its number')
    .option('--reason <words>', 'why, at most 300 characters')
    .option('--until <day>', 'the last day on which it holds, as 2026-12-31')
    .addHelpText('after', `\nExample:\n  regulars bulk tag 老茶客 ${example} --reason 一年六次`)
    .action((tag: string, { reason, until, ...said }: Said) =>
      begin(said, async (ctx) => ({ do: 'tag', tagId: await tagCalled(ctx, tag), reason, until })),
    )
  withWhom(command.command('untag').description('take a tag from everybody on a list'))
    .argument('<tag>', 'what it is called, or its number')
    .option('--reason <words>', 'why, at most 300 characters')
    .addHelpText('after', '\nExample:\n  regulars bulk untag 老茶客 --ids 12,15')
    .action((tag: string, { reason, ...said }: Said) =>
      begin(said, async (ctx) => ({ do: 'untag', tagId: await tagCalled(ctx, tag), reason })),
    )
  withWhom(command.command('owner').description('let somebody look after everybody on a list'))
    .argument('<email>', 'of whom; nobody: of no one any more')
    .option('--note <words>', 'what the new owner should know, at most 300 characters')
    .addHelpText('after', `\nExample:\n  regulars bulk owner song@xishan.example ${example}`)
    .action((email: string, { note, ...said }: Said) =>
      begin(said, async (ctx) => ({ do: 'owner', ownerId: await staffCalled(ctx, email), note })),
    )
  withWhom(command.command('do').description('any act, as the API takes it: also own fields, manners and segments'))
    .argument('<act>', 'JSON, as the `act` of POST /bulk-acts')
    .addHelpText(
      'after',
      `\nExamples:\n  regulars bulk do '{"do":"field","field":"own.3","value":"2026-05-01"}' ${example}\n  regulars bulk do '{"do":"manner","rule":"never","channel":"phone"}' --ids 12\n  regulars bulk do '{"do":"pick","segmentId":3,"how":"in","reason":"品鉴会"}' --ids 12,15`,
    )
    .action((act: string, said: Said) => begin(said, async () => actOf(act)))
}

function addSteering(command: Command): void {
  const steering = [
    ['stop', 'stop an act between two pieces; what it did stays until it is taken back', stopBulk],
    ['go-on', 'go on where an act was stopped, or failed', goOnBulk],
    ['undo', 'take an act back: what stood there stands again, but where somebody changed it since', undoBulk],
  ] as const
  for (const [name, description, verb] of steering) {
    command
      .command(name)
      .description(description)
      .argument('<act>', 'its number', wholeNumber)
      .option('--json', 'one line of JSON at the end')
      .addHelpText('after', `\nExample:\n  regulars bulk ${name} 7`)
      .action((id: number, { json }: Json) =>
        inHouse(async (ctx) => {
          const act = await verb(ctx, id)
          await append(ctx, { action: `bulk.${name}`, outcome: 'done', object: 'bulk_acts', objectId: String(id) })
          show(name === 'stop' ? act : await carryOut(ctx, id), json)
        }),
      )
  }
}

/** Nobody is meant by an omission: who means everybody says so. */
function withWhom(command: Command): Command {
  return command
    .addOption(new Option('--where <question>', 'whom, as a question').conflicts(['ids', 'everybody']))
    .addOption(new Option('--ids <numbers>', 'whom, by their numbers here, apart by commas').argParser(numbersOf))
    .addOption(new Option('--everybody', 'all customers').conflicts(['ids']))
    .option('--json', 'one line of JSON at the end')
}

function begin({ json, ...whom }: Said, actFor: (ctx: Context) => Promise<unknown>): Promise<void> {
  return inHouse(async (ctx) => {
    const act: BulkDo = bulkDo.parse(await actFor(ctx))
    const { id } = await beginBulk(ctx, { act, whom: await whomOf(ctx, whom) }, plugs)
    await append(ctx, { action: 'bulk.begin', outcome: 'done', object: 'bulk_acts', objectId: String(id) })
    show(await carryOut(ctx, id), json)
  })
}

async function whomOf(ctx: Context, { where, ids, everybody }: Whom): Promise<BulkWhom> {
  if (where !== undefined) {
    await projectAll(ctx)
    return { list: { where: (await understood(ctx, [where])).question } }
  }
  if (ids) return { ids }
  if (everybody) return {}
  throw new Refusal('invalid', 'bulk.nobody_named')
}

/** Does it here and now, beside a server or without one; whoever has taken it up first is waited for. */
async function carryOut(ctx: Context, id: number): Promise<BulkAct> {
  const signal = interruption()
  const line = progressBar(() => systemClock.machine().getTime())
  const ended = new AbortController()
  const watching = (async () => {
    while (!ended.signal.aborted) {
      await pause(300, undefined, { signal: ended.signal }).catch(() => undefined)
      const { total, done, undone, kept, changed, state } = await getBulk(ctx, id)
      if (total) line.show('of the list', state === 'undoing' ? (undone + kept) / (changed || 1) : done / total)
    }
  })()
  try {
    while (!signal.aborted && moving.has((await getBulk(ctx, id)).state)) {
      if (!(await runBulk(ctx, id, signal, plugs))) await pause(500, undefined, { signal }).catch(() => undefined)
    }
  } finally {
    ended.abort()
    await watching
    line.end()
  }
  return getBulk(ctx, id)
}

const moving: ReadonlySet<BulkAct['state']> = new Set(['waiting', 'running', 'undoing'])

function show(act: BulkAct, json?: boolean): void {
  if (json) tellJson(act)
  else tellRow(...cellsOf(act))
  if (act.state === 'failed') process.exitCode = 1
}

function cellsOf({ id, act, state, total, changed, undone, kept }: BulkAct): (string | number)[] {
  const back = state === 'undone' ? `${undone} taken back, ${kept} kept` : `${changed} changed`
  return [id, act.do, state, `${total ?? '?'} on the list`, back]
}

/** @throws Refusal `tags.unknown` */
async function tagCalled(ctx: Context, called: string): Promise<number> {
  const found = (await tagsOf(ctx)).find(({ id, name }) => name === called || String(id) === called)
  if (!found) throw new Refusal('not_found', 'tags.unknown')
  return found.id
}

/** @throws Refusal `staff.unknown` */
async function staffCalled(ctx: Context, email: string): Promise<number | null> {
  if (email === 'nobody') return null
  const id = await activeStaffByEmail(ctx, email)
  if (id === undefined) throw new Refusal('not_found', 'staff.unknown')
  return id
}

/** @throws Refusal `http.invalid_input` */
function actOf(text: string): BulkDo {
  try {
    return bulkDo.parse(JSON.parse(text))
  } catch {
    throw new Refusal('invalid', 'http.invalid_input')
  }
}

function numbersOf(text: string): number[] {
  const numbers = text.split(',').map((one) => Number(one.trim()))
  if (numbers.length > 10_000 || numbers.some((one) => !Number.isSafeInteger(one) || one < 1))
    throw new InvalidArgumentError('Numbers above zero, apart by commas; at most 10000.')
  return numbers
}
