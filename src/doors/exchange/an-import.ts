import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Context } from '#platform/context.ts'
import { type Import, importOf } from './import.ts'
import type { Preset } from './preset.ts'
import { look, register } from './register.ts'
import { run } from './run.ts'
import { start } from './start.ts'

/** A flat file of a shop in Shanghai, as tests write it. */
export const flat: Preset = {
  code: 'flat',
  name: 'Flat',
  source: { code: 'till', name: 'Till' },
  zone: 'Asia/Shanghai',
  currency: 'CNY',
  dates: 'year-first',
  columns: {
    'order.number': ['Order'],
    'order.placedAt': ['Date'],
    'order.status': ['Status'],
    'order.currency': ['Currency'],
    'line.code': ['Code'],
    'line.name': ['Item'],
    'line.quantity': ['Qty'],
    'line.unitPrice': ['Price'],
    'line.refund': ['Refund'],
    'customer.id': ['Customer'],
    'customer.phone': ['Phone'],
    'customer.name': ['Name'],
    'customer.city': ['City'],
  },
  documents: [{ prefix: 'C', kind: 'cancellation' }],
  statuses: { paid: 'completed', closed: 'void' },
  products: [{ code: 'POST', kind: 'postage' }],
  customerNumbers: 'as-written',
  rates: {},
}

/** Writes a file as a shop would have saved it. @returns its path */
export async function aFile(content: string | Buffer, name = 'orders.csv'): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'regulars-import-')), name)
  await writeFile(path, content)
  return path
}

/** An import of a file, run to a goal: `applied` unless told. */
export async function anImport(
  ctx: Context,
  content: string | Buffer,
  options: { preset?: Partial<Preset>; goal?: 'compared' | 'applied'; name?: string } = {},
): Promise<Import> {
  const path = await aFile(content, options.name)
  const shape = await look(path, options.name ?? 'orders.csv')
  const preset = { ...flat, ...options.preset }
  const id = await register(ctx, { fileName: shape.name, path, uploaded: false, shape, preset })
  return runTo(ctx, id, options.goal ?? 'applied')
}

/** Runs an import to a goal, as the job would. */
export async function runTo(
  ctx: Context,
  id: number,
  goal: 'compared' | 'applied',
  signal?: AbortSignal,
): Promise<Import> {
  await start(ctx, id, goal)
  await run(ctx, id, signal ?? new AbortController().signal)
  return importOf(ctx, id)
}
