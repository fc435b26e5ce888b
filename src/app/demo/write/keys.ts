import { makeWriteKey, writeKeyList } from '#doors/ingest/index.ts'
import type { Context } from '#platform/context.ts'
import { outlets } from '../shop/houses.ts'
import { sourcesOf } from './sources.ts'

/**
 * Gives each outlet a key with which its pages, its mini program or the tablet at its till tell what people do: a browser's, which can
 * be read again.
 */
export async function giveKeys(ctx: Context): Promise<void> {
  const places = await sourcesOf(ctx)
  for (const { letter, shop } of outlets) {
    await makeWriteKey(ctx, { name: shop.name, sourceId: places[letter]!.source, place: 'browser', orders: false })
  }
}

/** The key of each outlet, by its letter; none where staff ended it. */
export async function keysOf(ctx: Context): Promise<Record<string, string>> {
  const places = await sourcesOf(ctx)
  const keys = await writeKeyList(ctx)
  return Object.fromEntries(
    outlets.flatMap(({ letter }) => {
      const found = keys.find(({ source, shown }) => shown && source.id === places[letter]!.source)
      return found?.shown ? [[letter, found.shown]] : []
    }),
  )
}
