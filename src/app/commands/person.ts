import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { laws } from '#know/rights/contract.ts'
import {
  ask,
  beginErasure,
  eraseWaiting,
  exportPerson,
  getRequest,
  listRequests,
  registryOfModules,
} from '#know/rights/index.ts'
import { append } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import { projectAll } from '#understand/projection/index.ts'
import { modulesOf } from '../modules.ts'
import { inHouse } from './in-house.ts'
import { interruption, tell, tellJson } from './terminal.ts'

type Law = (typeof laws)[number]

export function addPersonCommands(program: Command): void {
  const command = program.command('person').description('what one person may ask of us: all data, or to be erased')

  command
    .command('export')
    .description('all that is held of a customer, from both engines, as a zip of JSON and CSV')
    .argument('<customer>', 'the customer’s number here', idOf)
    .argument('[file]', 'where to; person-<number>.zip unless told')
    .option('--json', 'one line of JSON at the end')
    .addHelpText(
      'after',
      '\nThe file holds everything unmasked. It is noted in the audit log.\n\nExample:\n  regulars person export 4711',
    )
    .action((id: number, file = `person-${id}.zip`, { json }: { json?: boolean }) =>
      withModules(async (ctx, registry, signal) => {
        const path = resolve(file)
        const draft = `${path}.${process.pid}.part`
        try {
          const source = await exportPerson(ctx, registry, { customerId: id })
          await pipeline(Readable.from(source), createWriteStream(draft, { mode: 0o600, flush: true }), { signal })
          await rename(draft, path)
        } catch (error) {
          await rm(draft, { force: true })
          throw error
        }
        if (json) tellJson({ customer: id, file: path })
        else tell(path)
      }),
    )

  command
    .command('erase')
    .description('erase a customer from records, columns and uploaded files; it cannot be taken back')
    .argument('<customer>', 'the customer’s number here', idOf)
    .requiredOption('--yes', 'you know who is asking, and that it cannot be taken back')
    .addOption(new Option('--law <law>', 'under which it was asked').choices([...laws]))
    .option('--json', 'one line of JSON at the end')
    .addHelpText(
      'after',
      '\nOrders stay without a name; keyed hashes of the addresses stay, so that nobody writes to them again. An erasure that was\ncut off goes on by the same command, or by a running shop. Backups made before hold the person until they are deleted.\n\nExample:\n  regulars person erase 4711 --law gdpr --yes',
    )
    .action((id: number, { law, json }: { law?: Law; json?: boolean }) =>
      withModules(async (ctx, registry, signal) => {
        const request = await requestFor(ctx, id, law)
        if (request.state === 'open') await beginErasure(ctx, request.id, request.version)
        await eraseWaiting(ctx, { registry, follow: projectAll, signal })
        const { state, summary, failure } = await getRequest(ctx, request.id)
        if (state !== 'done') throw new Refusal('unavailable', 'rights.not_finished', { failure: failure ?? '' })
        if (json) return tellJson({ customer: id, request: request.id, summary })
        const rows = Object.values(summary).reduce((sum, count) => sum + count, 0)
        tell(`Customer ${id} is erased: ${rows} rows. Request ${request.id}.`)
      }),
    )

  command
    .command('requests')
    .description('what people asked for that is open, by the day it is due')
    .option('--json', 'one line of JSON')
    .addHelpText('after', '\nExample:\n  regulars person requests --json')
    .action(({ json }: { json?: boolean }) =>
      inHouse(async (ctx) => {
        const { items } = await listRequests(ctx, { limit: 100, of: 'open' })
        await append(ctx, { action: 'rights.list', outcome: 'seen', object: 'customers', rows: items.length })
        if (json) return tellJson({ items })
        for (const one of items)
          process.stdout.write(`${one.dueOn}\t${one.id}\t${one.kind}\t${one.state}\t${one.customerId}\n`)
      }),
    )
}

function withModules(
  work: (ctx: Context, registry: ReturnType<typeof registryOfModules>, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  return inHouse((ctx, config) => work(ctx, registryOfModules(modulesOf(config)), interruption()))
}

/** The erasure that is asked for or under way, else a new one. An erased customer's number leads to the request that did it. */
async function requestFor(ctx: Context, customerId: number, law: Law | undefined) {
  try {
    return await ask(ctx, { customerId, kind: 'erase', law, cameBy: 'command' })
  } catch (error) {
    if (error instanceof Refusal && error.code === 'rights.asked_already')
      return getRequest(ctx, Number(error.params.id))
    const { items } = await listRequests(ctx, { limit: 100, of: 'open' })
    const begun = items.find((one) => one.customerId === customerId && one.state === 'erasing')
    if (begun) return begun
    throw error
  }
}

function idOf(text: string): number {
  const id = Number(text)
  if (!Number.isSafeInteger(id) || id < 1) throw new InvalidArgumentError('A customer’s number is needed.')
  return id
}
