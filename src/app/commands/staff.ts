import { type Command, Option } from 'commander'
import { addStaff, type Role, roles } from '#know/staff/index.ts'
import { readConfig } from '#platform/config.ts'
import { openHouse } from '../open-house.ts'
import { tell, tellJson } from './terminal.ts'

type Wanted = { email: string; name: string; role: Role; json?: boolean }

export function addStaffCommands(program: Command): void {
  program
    .command('staff')
    .description('the people who work here')
    .command('add')
    .description('invite a person: prints a link to hand over, good for one use')
    .requiredOption('--email <address>', 'with which the person signs in')
    .requiredOption('--name <name>', 'as colleagues know the person')
    .addOption(new Option('--role <role>', 'what the person may do').choices(roles).default('assistant'))
    .option('--json', 'one line of JSON')
    .addHelpText('after', '\nExample:\n  regulars staff add --email mei@example.com --name 小美 --role assistant')
    .action(async ({ json, ...wanted }: Wanted) => {
      const config = readConfig()
      const house = await openHouse(config)
      try {
        const link = await addStaff(house.ctx, { ...wanted, email: wanted.email.trim().toLowerCase() })
        const url = `${config.publicUrl?.replace(/\/$/, '') ?? `http://${config.host}:${config.port}`}${link.address}`
        if (json) tellJson({ url, expiresAt: link.expiresAt })
        else tell(`Hand over this address (good until ${link.expiresAt}):\n  ${url}`)
      } finally {
        await house.close()
      }
    })
}
