import { type Command, InvalidArgumentError } from 'commander'
import type { CustomerRow } from '#know/customers/contract.ts'
import { getCustomer, listNewest, search } from '#know/customers/index.ts'
import { searchByNumber } from '#know/orders/index.ts'
import { append } from '#platform/audit/index.ts'
import { standingOfCustomer } from '#understand/value/index.ts'
import { inHouse } from './in-house.ts'
import { tellJson } from './terminal.ts'

export function addCustomerCommands(program: Command): void {
  const command = program.command('customers').description('whom the shop knows')
  command
    .command('list')
    .description('the newest customers')
    .option('--limit <count>', 'how many, at most 1000', limitOf, 20)
    .option('--after <cursor>', 'the next page: `next` of the page before')
    .option('--json', 'one line of JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  regulars customers list --limit 50\n  regulars customers list --json | jq .items[].name',
    )
    .action(({ json, ...page }: { limit: number; after?: string; json?: boolean }) =>
      inHouse(async (ctx) => {
        const found = await listNewest(ctx, page)
        await append(ctx, { action: 'customers.list', outcome: 'seen', object: 'customers', rows: found.items.length })
        tellRows(found, json)
        if (!json && found.next) process.stderr.write(`More: --after ${found.next}\n`)
      }),
    )
  command
    .command('search')
    .description('find somebody by any part of a name, pinyin, phone, e-mail or number')
    .argument('<text...>', 'what you remember')
    .option('--limit <count>', 'how many, at most 1000', limitOf, 20)
    .option('--json', 'one line of JSON')
    .addHelpText('after', '\nExamples:\n  regulars customers search 小满\n  regulars customers search 4417 --json')
    .action((text: string[], { limit, json }: { limit: number; json?: boolean }) =>
      inHouse(async (ctx) => {
        const items = await search(ctx, { text: text.join(' '), limit }, [searchByNumber])
        await append(ctx, { action: 'customers.search', outcome: 'seen', object: 'customers', rows: items.length })
        tellRows({ items }, json)
      }),
    )
  command
    .command('show')
    .description('all that is known of one customer')
    .argument('<id>', 'the customer’s number here', countOf)
    .option('--json', 'one line of JSON')
    .addHelpText('after', '\nExample:\n  regulars customers show 4711 --json')
    .action((id: number, { json }: { json?: boolean }) =>
      inHouse(async (ctx) => {
        const [customer, standing] = [await getCustomer(ctx, id), await standingOfCustomer(ctx, id)]
        await append(ctx, {
          action: 'customers.get',
          outcome: 'seen',
          object: 'customers',
          objectId: String(id),
          rows: 1,
        })
        if (json) tellJson({ ...customer, standing })
        else process.stdout.write(`${JSON.stringify({ ...customer, standing }, null, 2)}\n`)
      }),
    )
}

function tellRows(found: { items: readonly CustomerRow[]; next?: string }, json?: boolean): void {
  if (json) {
    tellJson(found)
    return
  }
  for (const { id, name, phone, email, city, number } of found.items) {
    process.stdout.write(`${[id, name ?? number ?? '', phone ?? '', email ?? '', city ?? ''].join('\t')}\n`)
  }
}

function countOf(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('A whole number above zero is needed.')
  return count
}

function limitOf(text: string): number {
  const count = countOf(text)
  if (count > 1000) throw new InvalidArgumentError('At most 1000.')
  return count
}
