import type { Command } from 'commander'
import type { Key } from '#know/keys/contract.ts'
import { listKeys, makeKey, revokeKey } from '#know/keys/index.ts'
import { withTrail } from '#platform/audit/index.ts'
import { keyName, wholeNumber } from './arguments.ts'
import { inHouse } from './in-house.ts'
import { tell, tellJson } from './terminal.ts'

type Wanted = { name: string; permissions: string[]; shops?: number[]; days?: number; json?: boolean }

export function addApiKeyCommands(program: Command): void {
  const command = program.command('api-key').description('keys with which programs call the API')

  command
    .command('add')
    .description('make a key: it is printed once, alone on standard output')
    .requiredOption('--name <name>', 'what uses it, at most 60 characters', keyName)
    .requiredOption(
      '--permissions <list>',
      'what it may do, with commas; `regulars api-key permissions` names them',
      words,
    )
    .option('--shops <ids>', 'the shops whose rows it sees, with commas; all unless told', numbers)
    .option('--days <count>', 'until it expires; never unless told', wholeNumber)
    .option('--json', 'one line of JSON: the key and what it may')
    .addHelpText(
      'after',
      '\nA key made here belongs to the machine, not to a person: it works until it expires or is revoked.\n\nExamples:\n  regulars api-key add --name "till at the market" --permissions customers.read,orders.edit --shops 2 --days 365 > key\n  curl -H "Authorization: Bearer $(cat key)" http://127.0.0.1:7300/api/shops',
    )
    .action(({ name, permissions, shops, days, json }: Wanted) =>
      inHouse(async (ctx) => {
        const made = await makeKey(withTrail(ctx, { action: 'cli.api_key', outcome: 'done', object: 'keys' }), {
          name,
          permissions,
          shopIds: shops ?? null,
          days: days ?? null,
        })
        if (json) return tellJson(made)
        tell(`Key ${made.id}, ${made.name}. Keep it now: it is not shown again.`)
        process.stdout.write(`${made.key}\n`)
      }),
    )

  command
    .command('list')
    .description('the keys, those that work first')
    .option('--json', 'one line of JSON')
    .addHelpText('after', '\nExample:\n  regulars api-key list --json')
    .action(({ json }: { json?: boolean }) =>
      inHouse(async (ctx) => {
        const { items } = await listKeys(ctx)
        if (json) return tellJson({ items })
        if (items.length === 0) tell('There are no keys.')
        for (const key of items) process.stdout.write(`${line(key)}\n`)
      }),
    )

  command
    .command('permissions')
    .description('what a key can be allowed')
    .option('--json', 'one line of JSON')
    .addHelpText('after', '\nExample:\n  regulars api-key permissions')
    .action(({ json }: { json?: boolean }) =>
      inHouse(async (ctx) => {
        const { grantable } = await listKeys(ctx)
        if (json) tellJson({ permissions: grantable })
        else process.stdout.write(`${grantable.join('\n')}\n`)
      }),
    )

  command
    .command('revoke')
    .description('end a key at once, in every process')
    .argument('<id>', 'the number that list shows', wholeNumber)
    .option('--json', 'one line of JSON')
    .addHelpText('after', '\nExit code 3 where there is no such key.\n\nExample:\n  regulars api-key revoke 4')
    .action((id: number, { json }: { json?: boolean }) =>
      inHouse(async (ctx) => {
        const key = await revokeKey(withTrail(ctx, { action: 'cli.api_key', outcome: 'done', object: 'keys' }), id)
        if (json) tellJson(key)
        else tell(`Key ${key.id}, ${key.name}, works no longer.`)
      }),
    )
}

function line(key: Key): string {
  const maker = key.maker.id === null ? 'command line' : `staff:${key.maker.id}`
  const used = key.lastUsedAt ? `last used ${key.lastUsedAt}` : 'never used'
  const shops = key.shopIds ? ` shops ${key.shopIds.join(',')}` : ''
  return `${key.id}\t${key.state}\t…${key.hint}\t${key.name}\t${key.permissions.join(',')}${shops}\tby ${maker}\t${used}`
}

function words(text: string): string[] {
  return text.split(',').map((word) => word.trim())
}

function numbers(text: string): number[] {
  return text.split(',').map((one) => wholeNumber(one.trim()))
}
