import { type Command, Option } from 'commander'
import { addStaff, makeResetLink, type Role, resetFactor, roles, staffIdOf } from '#know/staff/index.ts'
import { withTrail } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import { inHouse } from './in-house.ts'
import { tell, tellJson } from './terminal.ts'

type Wanted = { email: string; name: string; role: Role; json?: boolean }
type Whom = { email: string; json?: boolean }

export function addStaffCommands(program: Command): void {
  const command = program.command('staff').description('the people who work here')

  command
    .command('add')
    .description('invite a person: prints a link to hand over, good for one use')
    .requiredOption('--email <address>', 'with which the person signs in', address)
    .requiredOption('--name <name>', 'as colleagues know the person')
    .addOption(new Option('--role <role>', 'what the person may do').choices(roles).default('assistant'))
    .option('--json', 'one line of JSON')
    .addHelpText('after', '\nExample:\n  regulars staff add --email mei@example.com --name 小美 --role assistant')
    .action(({ json, ...wanted }: Wanted) =>
      amongStaff(async (ctx, origin) => handOver(await addStaff(ctx, wanted), origin, json)),
    )

  command
    .command('reset-link')
    .description('make a link with which a person chooses a new password; an owner too, who forgot it')
    .requiredOption('--email <address>', 'of the person', address)
    .option('--json', 'one line of JSON')
    .addHelpText(
      'after',
      '\nThe second factor is asked for as ever.\n\nExample:\n  regulars staff reset-link --email lin@example.com',
    )
    .action(({ email, json }: Whom) =>
      amongStaff(async (ctx, origin) => handOver(await makeResetLink(ctx, await staffIdOf(ctx, email)), origin, json)),
    )

  command
    .command('reset-two-factor')
    .description('take away the second factor of a person who lost phone and recovery codes; an owner too')
    .requiredOption('--email <address>', 'of the person', address)
    .option('--json', 'one line of JSON')
    .addHelpText(
      'after',
      '\nEnds the sessions. Exit code 3 where there is no such person, or nothing to take away.\n\nExample:\n  regulars staff reset-two-factor --email lin@example.com',
    )
    .action(({ email, json }: Whom) =>
      amongStaff(async (ctx) => {
        const id = await staffIdOf(ctx, email)
        await resetFactor(ctx, id)
        if (json) tellJson({ id })
        else tell('Two-factor sign-in is off for this person. The next sign-in is by the password alone.')
      }),
    )
}

function amongStaff(work: (ctx: Context, origin: string) => Promise<void>): Promise<void> {
  return inHouse((ctx, { publicUrl, host, port }) =>
    work(
      withTrail(ctx, { action: 'cli.staff', outcome: 'done', object: 'staff' }),
      publicUrl?.replace(/\/$/, '') ?? `http://${host}:${port}`,
    ),
  )
}

function handOver(link: { address: string; expiresAt: string }, origin: string, json?: boolean): void {
  const url = `${origin}${link.address}`
  if (json) tellJson({ url, expiresAt: link.expiresAt })
  else tell(`Hand over this address (good until ${link.expiresAt}):\n  ${url}`)
}

function address(text: string): string {
  return text.trim().toLowerCase()
}
