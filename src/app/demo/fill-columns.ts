import { setTimeout } from 'node:timers/promises'
import type { Context } from '#platform/context.ts'
import type { Module } from '#platform/module.ts'
import { projectAll, projectionLag, projectOnce } from '#understand/projection/index.ts'

/** Brings what is written into the columns while it is written, until told to end: the engines work side by side. */
export function fillMeanwhile(ctx: Context): { end(): Promise<void> } {
  let ended = false
  const filling = (async () => {
    while (!ended) if (!(await projectOnce(ctx))) await setTimeout(100)
  })()
  // Its failure is thrown at the end; without this it would be an unhandled rejection until then.
  filling.catch(() => undefined)
  return {
    async end() {
      ended = true
      await filling
    },
  }
}

/**
 * Brings the columns, and what follows from them (stages), up to the records: the turns that a running house takes by itself, one after
 * the other, so that the first page shows everything.
 * @param onProgress rows that still wait, counted up to some 100,000 a table
 * @param onTurn before each turn of what follows: which loop, and how many turns it took
 */
export async function fillColumns(
  ctx: Context,
  modules: readonly Module[],
  {
    signal,
    onProgress,
    onTurn,
  }: { signal?: AbortSignal; onProgress?(waiting: number): void; onTurn?(loop: string, turns: number): void } = {},
): Promise<void> {
  let looked = 0
  while ((await projectOnce(ctx)) && !signal?.aborted) {
    const now = ctx.clock.machine().getTime()
    if (now - looked < 1000) continue
    looked = now
    onProgress?.((await projectionLag(ctx)).pendingRows)
  }
  signal?.throwIfAborted()
  await projectAll(ctx)
  for (const { name, turn } of modules.flatMap((module) => module.loops ?? [])) {
    let turns = 0
    do onTurn?.(name, turns++)
    while ((await turn(ctx)) && !signal?.aborted)
  }
}
