import type { Context } from '#platform/context.ts'
import type { ApplyOptions } from './apply.ts'
import type { Import } from './import.ts'
export async function undo(_ctx: Context, _one: Import, _options: ApplyOptions): Promise<void> {}
