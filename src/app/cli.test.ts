import type { Command } from 'commander'
import { expect, test } from 'vitest'
import { commandLine } from './cli.ts'

function helpOf(command: Command): string {
  let text = ''
  command.configureOutput({
    writeOut: (piece) => {
      text += piece
    },
  })
  command.outputHelp()
  return text
}

/** Commands that do something, by their whole name. */
function leaves(command: Command, before = ''): { name: string; command: Command }[] {
  return command.commands.flatMap((one) => {
    const name = `${before}${one.name()}`
    return one.commands.length > 0 ? leaves(one, `${name} `) : [{ name, command: one }]
  })
}

test('the verbs of the house are there', () => {
  expect(leaves(commandLine()).map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      ...['start', 'serve', 'work', 'demo', 'import', 'export', 'rebuild', 'backup', 'restore', 'migrate', 'health'],
      ...['doctor', 'customers list', 'customers search', 'customers show', 'staff add', 'api-key add', 'audit verify'],
    ]),
  )
})

test.each(leaves(commandLine()))('the help of $name has an example', ({ command }) => {
  expect(helpOf(command)).toMatch(/Examples?[:,]/)
})

test.each(leaves(commandLine()).filter(({ name }) => name !== 'openapi'))('$name can answer in JSON', ({ command }) => {
  expect(command.options.map((option) => option.long)).toContain('--json')
})

test('help says what an exit code means', () => {
  expect(helpOf(commandLine())).toContain('Exit codes: 0 done')
})
