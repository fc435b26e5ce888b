import type { Command } from 'commander'
import { append } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import { historyOf, keepMemberships } from '#understand/membership/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import type { Condition } from '#understand/query/contract.ts'
import { addSegment, readQuestion, segmentsOf, tallyQuestion } from '#understand/segments/index.ts'
import { inHouse } from './in-house.ts'
import { tell, tellJson } from './terminal.ts'

type Json = { json?: boolean }

export function addSegmentCommands(program: Command): void {
  const command = program.command('segments').description('saved questions about customers')
  command
    .command('list')
    .description('all segments, with what they ask')
    .option('--json', 'one line of JSON')
    .addHelpText('after', '\nExample:\n  regulars segments list --json | jq .items[].text')
    .action(({ json }: Json) =>
      inHouse(async (ctx) => {
        const items = await segmentsOf(ctx)
        if (json) return tellJson({ items })
        for (const { id, name, counted, text } of items) tell(`${id}\t${name}\t${counted ?? '-'}\t${text}`)
      }),
    )
  command
    .command('history')
    .description('how many were in a segment, day by day, and how many came and left')
    .argument('<name>', 'what the segment is called, or its number')
    .option('--json', 'one line of JSON')
    .addHelpText('after', '\nExample:\n  regulars segments history 沉默大客户')
    .action((name: string, { json }: Json) =>
      inHouse(async (ctx) => {
        const found = (await segmentsOf(ctx)).find((one) => one.name === name || String(one.id) === name)
        if (!found) throw new Refusal('not_found', 'segments.unknown_one')
        // Beside a running server this turn finds nothing to do.
        await projectAll(ctx)
        while (await keepMemberships(ctx));
        const history = await historyOf(ctx, found.id)
        if (json) return tellJson({ id: found.id, name: found.name, ...history })
        for (const { day, size, entered, left, anew } of history.days)
          tell(`${day}\t${size}\t+${entered}\t-${left}${anew ? '\t*' : ''}`)
        tell(`${history.size ?? '-'} in it as of ${history.asOf ?? '-'}`)
      }),
    )
  command
    .command('count')
    .description('how many customers a question finds, and of how many it cannot be said')
    .argument('<question...>', 'the question as text')
    .option('--json', 'one line of JSON')
    .addHelpText(
      'after',
      "\nExample:\n  regulars segments count 'spent(last 180 days) >= 2000 and not did(cart, last 30 days)'",
    )
    .action((words: string[], { json }: Json) =>
      inHouse(async (ctx) => {
        const { question, text, sentence } = await understood(ctx, words)
        await projectAll(ctx)
        const tally = await tallyQuestion(ctx, question)
        await append(ctx, { action: 'segments.tally', outcome: 'seen', object: 'customers', rows: tally.matched })
        if (json) return tellJson({ text, ...tally })
        tell(`${sentence}\n${tally.matched} of ${tally.customers}, unknown ${tally.unknown}`)
      }),
    )
  command
    .command('add')
    .description('save a question under a name')
    .argument('<name>', 'what the segment is called')
    .argument('<question...>', 'the question as text')
    .option('--json', 'one line of JSON')
    .addHelpText('after', "\nExample:\n  regulars segments add 沉默大客户 'class = retain and stage = silent'")
    .action((name: string, words: string[], { json }: Json) =>
      inHouse(async (ctx) => {
        const { question } = await understood(ctx, words)
        const segment = await addSegment(ctx, { name, question })
        await append(ctx, { action: 'segments.add', outcome: 'done', object: 'segments', objectId: String(segment.id) })
        if (json) return tellJson(segment)
        tell(`${segment.id}\t${segment.text}`)
      }),
    )
}

/** A question that somebody typed. @throws Refusal `segments.not_understood` with the word and what was expected there */
export async function understood(
  ctx: Context,
  words: readonly string[],
): Promise<{ question: Condition; text: string; sentence: string }> {
  const asked = words.join(' ')
  const { question, text, sentence = '', fault } = await readQuestion(ctx, { text: asked })
  if (fault || !question) {
    const place = fault?.offset ?? 0
    throw new Refusal('invalid', 'segments.not_understood', {
      before: asked.slice(Math.max(0, place - 20), place),
      why: fault?.message ?? '',
    })
  }
  return { question, text, sentence }
}
