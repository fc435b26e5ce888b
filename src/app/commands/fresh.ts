import { type Command, InvalidArgumentError } from 'commander'
import { type FreshField, type Freshness, freshField } from '#know/fresh/contract.ts'
import { confirmField, doubtField, freshnessOfCustomer, saveTerms, termsOf } from '#know/fresh/index.ts'
import { append } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import { wholeNumber } from './arguments.ts'
import { inHouse } from './in-house.ts'
import { tellJson, tellRow } from './terminal.ts'

type Json = { json?: boolean }

export function addFreshCommands(program: Command): void {
  const command = program.command('fresh').description('how old what is known of people is')
  command
    .command('show')
    .description('of a customer, field by field: since when, and what is known not to work any more')
    .argument('<customer>', 'the customer’s number here', wholeNumber)
    .option('--json', 'one line of JSON')
    .addHelpText('after', '\nExample:\n  regulars fresh show 4711')
    .action((id: number, { json }: Json) =>
      inHouse(async (ctx) => {
        const items = await freshnessOfCustomer(ctx, id)
        await note(ctx, 'fresh.show', 'seen', id)
        tellItems(items, json)
      }),
    )
  for (const [name, description, verb] of [
    ['confirm', 'say that a field still holds; what asked for it is done', confirmField],
    ['doubt', 'say that a phone, an address or another field does not work any more', doubtField],
  ] as const) {
    command
      .command(name)
      .description(description)
      .argument('<customer>', 'the customer’s number here', wholeNumber)
      .argument('<field>', 'phone, email, address, city, own.3 …', fieldOf)
      .option('--json', 'one line of JSON')
      .addHelpText('after', `\nExample:\n  regulars fresh ${name} 4711 phone`)
      .action((id: number, field: FreshField, { json }: Json) =>
        inHouse(async (ctx) => {
          const items = await verb(ctx, { id, field })
          await note(ctx, `fresh.${name}`, 'done', id)
          tellItems(items, json)
        }),
      )
  }
  addTerms(command)
}

function addTerms(command: Command): void {
  command
    .command('terms')
    .description('after how many months each field is asked about; with a field and a term, changes it')
    .argument('[field]', 'phone, email, address, city, own.3 …', fieldOf)
    .argument('[months]', '1 to 120, or never', monthsOf)
    .option('--json', 'one line of JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  regulars fresh terms\n  regulars fresh terms phone 6\n  regulars fresh terms income never',
    )
    .action((field: FreshField | undefined, months: number | null | undefined, { json }: Json) =>
      inHouse(async (ctx) => {
        let terms = await termsOf(ctx)
        if (field !== undefined && months !== undefined) {
          terms = await saveTerms(ctx, terms.version, { months: { ...terms.value.months, [field]: months } })
          await append(ctx, { action: 'fresh.saveTerms', outcome: 'done', object: 'settings' })
        }
        if (json) return tellJson({ ...terms.value, version: terms.version })
        for (const [name, term] of Object.entries(terms.value.months)) {
          if (field === undefined || name === field) tellRow(name, term ?? 'never')
        }
      }),
    )
}

function note(ctx: Context, action: string, outcome: 'seen' | 'done', id: number): Promise<void> {
  return append(ctx, { action, outcome, object: 'customers', objectId: String(id), rows: 1 })
}

function tellItems(items: readonly Freshness[], json?: boolean): void {
  if (json) tellJson({ items })
  else
    for (const { field, at, confirmed, state } of items)
      tellRow(field, state, at.slice(0, 10), confirmed ? 'confirmed' : 'said')
}

function fieldOf(text: string): FreshField {
  const field = freshField.safeParse(text)
  if (!field.success) throw new InvalidArgumentError('No such field: phone, email, address, city … or own.3.')
  return field.data
}

function monthsOf(text: string): number | null {
  if (text === 'never') return null
  const months = wholeNumber(text)
  if (months > 120) throw new InvalidArgumentError('At most 120 months.')
  return months
}
