import type { Columns } from '#platform/clickhouse/connect.ts'
import type { Context } from '#platform/context.ts'
import { projectionPosition } from '#understand/projection/index.ts'

type Kept = { position: string; answers: Map<string, Promise<unknown>> }

const kept = new WeakMap<Columns, Kept>()
const most = 500

/**
 * An answer over the columns, kept in this process while the columns stand at the same position: the same question gets it
 * at once. Whoever asks while it is being made waits for the same one. Answers are shared: do not change them.
 * @param key all that the answer depends on beside the columns, the actor's shops included
 */
export async function answered<T>(ctx: Context, key: string, ask: () => Promise<T>): Promise<T> {
  const position = await projectionPosition(ctx)
  let here = kept.get(ctx.columns)
  if (here?.position !== position || here.answers.size > most) {
    here = { position, answers: new Map() }
    kept.set(ctx.columns, here)
  }
  const known = here.answers.get(key)
  if (known) return known as Promise<T>
  const { answers } = here
  const asked = ask()
  answers.set(key, asked)
  asked.catch(() => answers.delete(key))
  return asked
}
