import { type Command, InvalidArgumentError } from 'commander'
import type { WriteKey } from '#doors/ingest/contract.ts'
import { endWriteKey, makeWriteKey, writeKeyList } from '#doors/ingest/index.ts'
import { withTrail } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import { keyName, wholeNumber } from './arguments.ts'
import { inHouse } from './in-house.ts'
import { tell, tellJson } from './terminal.ts'

type Wanted = {
  name: string
  shop?: number
  source?: number
  place: 'server' | 'browser'
  orders: boolean
  json?: boolean
}

export function addWriteKeyCommands(program: Command): void {
  const command = program.command('write-key').description('keys with which shops tell what customers do (/v1/*)')

  command
    .command('add')
    .description('make a key: it is printed alone on standard output')
    .requiredOption('--name <name>', 'what sends, at most 60 characters', keyName)
    .option('--shop <id>', 'the shop of a new source', wholeNumber)
    .option('--source <id>', 'another key of this source, instead of a new one', wholeNumber)
    .option('--place <place>', 'server (a secret) or browser (it stands in every page)', place, 'server')
    .option('--no-orders', 'it may not tell of orders')
    .option('--json', 'one line of JSON: the key and what it may')
    .addHelpText(
      'after',
      '\nA key only lets in; it reads nothing. Exit code 3 where there is no such shop or source.\n\nExamples:\n  regulars write-key add --name "Web shop" --shop 1 > key\n  curl -u "$(cat key):" -H "Content-Type: application/json" -d \'{"userId":"4711","event":"Product Viewed","properties":{"sku":"TEA-1"}}\' http://127.0.0.1:7300/v1/track',
    )
    .action(({ name, shop, source, place, orders, json }: Wanted) =>
      inHouse(async (ctx) => {
        const wanted = { name, shopId: shop, sourceId: source, place, orders }
        const made = await makeWriteKey(acting(ctx), wanted)
        if (json) return tellJson(made)
        const kept = place === 'server' ? ' Keep it now: it is not shown again.' : ''
        tell(`Write key ${made.id}, ${made.name}, of source ${made.source.id}.${kept}`)
        process.stdout.write(`${made.key}\n`)
      }),
    )

  command
    .command('list')
    .description('the write keys, those that work first')
    .option('--json', 'one line of JSON')
    .addHelpText('after', '\nExample:\n  regulars write-key list --json')
    .action(({ json }: { json?: boolean }) =>
      inHouse(async (ctx) => {
        const items = await writeKeyList(ctx)
        if (json) return tellJson({ items })
        if (items.length === 0) tell('There are no write keys.')
        for (const key of items) process.stdout.write(`${line(key)}\n`)
      }),
    )

  command
    .command('end')
    .description('end a key at once, in every process')
    .argument('<id>', 'the number that list shows', wholeNumber)
    .option('--json', 'one line of JSON')
    .addHelpText('after', '\nExit code 3 where there is no such key.\n\nExample:\n  regulars write-key end 4')
    .action((id: number, { json }: { json?: boolean }) =>
      inHouse(async (ctx) => {
        const key = await endWriteKey(acting(ctx), id)
        if (json) tellJson(key)
        else tell(`Write key ${key.id}, ${key.name}, works no longer.`)
      }),
    )
}

function acting(ctx: Context): Context {
  return withTrail(ctx, { action: 'cli.write_key', outcome: 'done', object: 'ingest' })
}

function line({ id, endedAt, hint, name, place, orders, source, lastUsedAt }: WriteKey): string {
  const used = lastUsedAt ? `last used ${lastUsedAt}` : 'never used'
  const may = orders ? 'orders' : 'no orders'
  return `${id}\t${endedAt ? 'ended' : 'good'}\t…${hint}\t${name}\t${place}\t${may}\tsource ${source.id} ${source.name}\t${used}`
}

function place(text: string): 'server' | 'browser' {
  if (text !== 'server' && text !== 'browser') throw new InvalidArgumentError('Expected server or browser.')
  return text
}
