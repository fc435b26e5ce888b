import { Command, CommanderError } from 'commander'
import { say } from '#platform/i18n/index.ts'
import { Refusal } from '#platform/refusal.ts'
import { addApiKeyCommands } from './commands/api-key.ts'
import { addAuditCommands } from './commands/audit.ts'
import { addBackupCommands } from './commands/backup.ts'
import { addBulkCommands } from './commands/bulk.ts'
import { addCustomerCommands } from './commands/customers.ts'
import { addDemoCommand } from './commands/demo.ts'
import { addExportCommand } from './commands/export.ts'
import { addFreshCommands } from './commands/fresh.ts'
import { addHealthCommands } from './commands/health.ts'
import { addHouseCommands } from './commands/house.ts'
import { addImportCommand } from './commands/import.ts'
import { addInsightCommands } from './commands/insight.ts'
import { addPersonCommands } from './commands/person.ts'
import { addReportCommands } from './commands/report.ts'
import { addSegmentCommands } from './commands/segments.ts'
import { addStaffCommands } from './commands/staff.ts'
import { addStartCommands } from './commands/start.ts'
import { addWriteKeyCommands } from './commands/write-key.ts'

/** What an exit code says: 0 done; 1 a bug, an engine that is gone, or what a check found wrong; 2 wrong use; 3 refused; 130 interrupted. */
const exits = { ok: 0, failed: 1, usage: 2, refused: 3, interrupted: 130 } as const

/** The command line: `npx regulars …`. Each command calls the verb that the API calls. */
export function commandLine(): Command {
  // Whoever reads our output may stop (`| head`): then there is nobody left to tell.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exits.ok)
    throw error
  })
  const program = new Command('regulars')
    .description('Regulars (熟客): the CRM of a shop')
    .showHelpAfterError('(--help shows how)')
    .addHelpText(
      'after',
      '\nExit codes: 0 done; 1 broken, or found wrong by health, doctor or audit verify; 2 wrong use; 3 refused; 130 interrupted.\n\nExamples:\n  regulars start\n  regulars doctor\n  regulars backup',
    )
    .exitOverride()
    .configureOutput({ writeErr: (text) => process.stderr.write(text) })
  addStartCommands(program)
  addDemoCommand(program)
  addImportCommand(program)
  addExportCommand(program)
  addCustomerCommands(program)
  addBulkCommands(program)
  addFreshCommands(program)
  addInsightCommands(program)
  addSegmentCommands(program)
  addReportCommands(program)
  addHouseCommands(program)
  addBackupCommands(program)
  addHealthCommands(program)
  addPersonCommands(program)
  addStaffCommands(program)
  addApiKeyCommands(program)
  addWriteKeyCommands(program)
  addAuditCommands(program)
  return program
}

/**
 * Runs one command.
 * @returns the exit code
 */
export async function runCommand(args: string[]): Promise<number> {
  const program = commandLine()
  try {
    await program.parseAsync(args, { from: 'user' })
    return typeof process.exitCode === 'number' ? process.exitCode : exits.ok
  } catch (error) {
    if (process.exitCode === exits.interrupted) return exits.interrupted
    if (error instanceof CommanderError) return error.exitCode === 0 ? exits.ok : exits.usage
    if (error instanceof Refusal) {
      process.stderr.write(`${say('en', error.code, error.params)}\n`)
      return exits.refused
    }
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    if (process.env.LOG_LEVEL === 'debug' && error instanceof Error) process.stderr.write(`${error.stack}\n`)
    return exits.failed
  }
}
