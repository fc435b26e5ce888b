import type { Context } from '#platform/context.ts'
import type { Import } from './import.ts'
export async function compare(_ctx: Context, _one: Import): Promise<void> {}
