import { type Command, InvalidArgumentError } from 'commander'
import { listEntries } from '#know/audit/index.ts'
import { cutAudit, type Verified, verify } from '#platform/audit/index.ts'
import { instantIn, isDay } from '#platform/days.ts'
import { inHouse } from './in-house.ts'
import { tell, tellJson } from './terminal.ts'

type Listing = { actor?: string; action?: string; from?: string; to?: string; limit: number; json?: boolean }

export function addAuditCommands(program: Command): void {
  const command = program.command('audit').description('who did and who looked')

  command
    .command('verify')
    .description('recompute the chain; exit code 1 where it does not hold, with the place')
    .option('--anchor <number:hash>', 'an anchor printed earlier and kept elsewhere: must still stand', anchor)
    .option('--json', 'one line of JSON')
    .addHelpText(
      'after',
      '\nPrints the newest anchor. Keep it outside of this machine (on paper, in a mail): with it nobody can cut off or\nrewrite what came before unseen, not even with the key.\n\nExamples:\n  regulars audit verify\n  regulars audit verify --anchor 51234:9f2c…',
    )
    .action((wanted: { anchor?: string; json?: boolean }) =>
      inHouse(async (ctx) => {
        const found = await verify(ctx, { known: wanted.anchor })
        if (wanted.json) tellJson(found)
        else tellVerified(found)
        if (!found.ok) process.exitCode = 1
      }),
    )

  command
    .command('cut')
    .description('let go of what is older than a day; the chain stays verifiable from there on')
    .requiredOption('--before <day>', 'entries from before this day go, as 2024-01-01; at least half a year ago', day)
    .option('--json', 'one line of JSON')
    .addHelpText(
      'after',
      '\nThe chain is verified first, and nothing goes where it does not hold. How long a log must be kept is a matter of law (PIPL asks for\nthree years of what was done with personal data). Export it before, if you want to keep it elsewhere.\n\nExample:\n  regulars audit cut --before 2023-01-01',
    )
    .action((wanted: { before: string; json?: boolean }) =>
      inHouse(async (ctx) => {
        const made = await cutAudit(ctx, { before: instantIn('UTC', `${wanted.before}T00:00`) })
        if (wanted.json) tellJson(made)
        else tell(`${made.entries} entries are gone. Note a new anchor: regulars audit verify`)
      }),
    )

  command
    .command('list')
    .description('the newest entries')
    .option('--actor <label>', 'of one person or program: staff:12, key:4, system')
    .option('--action <name>', 'of one action or module: customers.reveal, customers')
    .option('--from <day>', 'first day, as 2026-03-01', day)
    .option('--to <day>', 'last day', day)
    .option('--limit <count>', 'how many, at most 1000', limit, 50)
    .option('--json', 'one line of JSON')
    .addHelpText('after', '\nExample:\n  regulars audit list --action customers.export --from 2026-03-01')
    .action(({ json, ...filter }: Listing) =>
      inHouse(async (ctx) => {
        const { items } = await listEntries(ctx, filter)
        if (json) return tellJson({ items })
        for (const one of items) {
          const what = [one.action, one.outcome, one.object, one.objectId, one.reason].filter(Boolean).join(' ')
          const much = [one.times > 1 ? `${one.times} times` : '', one.rows === null ? '' : `${one.rows} rows`]
          const who = one.actorName ? `${one.actor} ${one.actorName}` : one.actor
          process.stdout.write(`${one.at}\t${who}\t${one.ip ?? '-'}\t${what}\t${much.filter(Boolean).join(', ')}\n`)
        }
      }),
    )
}

function tellVerified({ ok, sealed, unsealed, unsealedSeconds, anchor, cut, broken }: Verified): void {
  tell(
    ok
      ? `The chain holds: ${sealed} entries.`
      : `The chain is BROKEN at number ${broken?.number}${entryOf(broken)}: ${why(broken)}`,
  )
  if (unsealed > 0)
    tell(`${unsealed} entries wait for their seal, the oldest for ${unsealedSeconds} s (a running shop seals them).`)
  if (cut)
    tell(
      `It begins after number ${cut.number}: what was before ${cut.before.slice(0, 10)} was let go by ${cut.actor} on ${cut.at.slice(0, 10)}.`,
    )
  if (anchor) tell(`Anchor, to be kept elsewhere (sealed ${anchor.at}):\n  ${anchor.number}:${anchor.hash}`)
}

function entryOf(broken: Verified['broken']): string {
  return broken?.entryId ? ` (entry ${broken.entryId})` : ''
}

function why(broken: Verified['broken']): string {
  switch (broken?.why) {
    case 'entry_gone':
      return 'the entry was deleted.'
    case 'forged_cut':
      return 'what came before was cut off by somebody who had not the key.'
    case 'number_missing':
      return 'a link is missing.'
    case 'unsealed_forever':
      return 'the entry was kept from ever being sealed.'
    case 'anchor':
      return 'the anchor does not stand: what came before was cut off or written anew.'
    default:
      return broken?.number === 1
        ? 'the entry is not what was sealed, or the key in the data folder is another one than that of the log.'
        : 'the entry is not what was sealed.'
  }
}

function anchor(text: string): string {
  if (!/^\d{1,15}:[0-9a-f]{64}$/.test(text)) throw new InvalidArgumentError('Expected number:hash as it was printed.')
  return text
}

function day(text: string): string {
  if (!isDay(text)) throw new InvalidArgumentError('Expected a day as 2026-03-01.')
  return text
}

function limit(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1 || count > 1000) throw new InvalidArgumentError('Expected 1 to 1000.')
  return count
}
