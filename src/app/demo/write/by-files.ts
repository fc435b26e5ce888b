import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { importFile } from '#doors/exchange/index.ts'
import { workOff } from '#doors/ingest/index.ts'
import type { Context } from '#platform/context.ts'
import { act } from '../act.ts'
import type { Happening } from '../life/crowd.ts'
import { type DemoShop, type Lives, tellUntil } from '../record.ts'
import { outlets } from '../shop/houses.ts'
import { tellDoor } from '../tell-door.ts'
import { customersFile, ordersFile, parcelsFile } from './files.ts'
import { type Known, knownOf } from './known.ts'
import { presetCode, savePresets } from './presets.ts'

/** Deeds told at once. */
const atOnce = 400

/**
 * The same as `tell`, through the doors that a real shop uses: each outlet exports its customers and its documents of the time since
 * as files, and they are imported; what staff write down they write on the customer's page; what people look at, its pages tell. Slower, for weeks rather than years.
 * @param options.folder where the files lie and stay: an import can be looked up and undone
 * @returns what happens later on the last day, and what is known then
 */
export async function tellByFiles(
  ctx: Context,
  shop: DemoShop,
  { crowd, calendar, population }: Lives,
  { until, folder, signal }: { until: Date; folder: string; signal?: AbortSignal },
): Promise<{ rest: Happening[]; known: Known }> {
  const told = shop.toldUntil.getTime()
  const horizon = until.getTime()
  const dayOf = (at: number) => Math.floor((at - calendar.begins) / 86_400_000)
  crowd.skipTo(Math.max(0, dayOf(told) - 140))
  const batch: Happening[] = []
  const rest: Happening[] = []
  while (crowd.day <= dayOf(horizon)) {
    for (const one of crowd.nextDay(told)) {
      if (one.at <= told) continue
      if (one.at <= horizon) batch.push(one)
      else rest.push(one)
    }
  }
  await savePresets(ctx)
  const own = join(folder, until.toISOString().slice(0, 10))
  await mkdir(own, { recursive: true })
  const of = { told, until: horizon, agentOf: crowd.agentOf }
  for (const outlet of outlets) {
    const customers = await customersFile(own, outlet, batch, crowd.agentOf)
    if (customers) await importFile(ctx, { path: customers, preset: presetCode(outlet, 'customers'), signal })
    const orders = await ordersFile(own, outlet, batch, of)
    if (orders) await importFile(ctx, { path: orders, preset: presetCode(outlet, 'orders'), signal })
    const parcels = await parcelsFile(own, outlet, batch, of)
    if (parcels) await importFile(ctx, { path: parcels, preset: presetCode(outlet, 'parcels'), signal })
  }
  const known = await knownOf(ctx, population)
  for (const one of batch) if (one.what === 'word') await act(ctx, { known, crowd }, one)
  const deeds = batch.filter((one) => one.what === 'did')
  for (let at = 0; at < deeds.length; at += atOnce) {
    await tellDoor(ctx, { known, crowd }, deeds.slice(at, at + atOnce), new Date(told))
  }
  while (await workOff(ctx)) signal?.throwIfAborted()
  await tellUntil(ctx, until)
  return { rest, known }
}
