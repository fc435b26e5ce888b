import type { Command } from 'commander'
import { readConfig } from '#platform/config.ts'
import { checks, doctor, health, told } from '../health/index.ts'
import { openHouse } from '../open-house.ts'
import { tell, tellJson } from './terminal.ts'

export function addHealthCommands(program: Command): void {
  program
    .command('health')
    .description('whether both engines answer and how far the columns are behind; exit code 1 when not well')
    .option('--json', 'one line of JSON')
    .addHelpText('after', '\nExample, as a check of a container:\n  regulars health --json')
    .action(async (options: { json?: boolean }) => {
      const house = await openHouse(readConfig(), () => undefined)
      try {
        const now = await health(house.ctx)
        if (options.json) tellJson(now)
        else
          tell(`postgres ${now.postgres}, clickhouse ${now.clickhouse}, columns ${now.projection.lagSeconds} s behind`)
        if (!now.ok) process.exitCode = 1
      } finally {
        await house.close()
      }
    })
  program
    .command('doctor')
    .description('find what is wrong with this installation and how to mend it; exit code 1 when something is wrong')
    .option('--json', 'one line of JSON')
    .addHelpText(
      'after',
      '\nIt changes nothing, and works beside a running shop and where nothing starts.\n\nExamples:\n  regulars doctor\n  regulars doctor --json | jq .findings',
    )
    .action((options: { json?: boolean }) => examine(options))
}

async function examine(options: { json?: boolean }): Promise<void> {
  const found = (await doctor(readConfig())).map((finding) => told('en', finding))
  const wrong = found.filter(({ level }) => level === 'wrong').length
  if (options.json) tellJson({ ok: wrong === 0, checks: checks.length, findings: found })
  else {
    for (const { level, what, why, mend, commands } of found) {
      tell(`${level === 'wrong' ? 'WRONG' : 'LOOK '}  ${what}\n       Why: ${why}\n       Do:  ${mend}`)
      for (const command of commands) tell(`         $ ${command}`)
      tell('')
    }
    tell(`${checks.length} checks: ${wrong} wrong, ${found.length - wrong} to look at.`)
  }
  if (wrong > 0) process.exitCode = 1
}
