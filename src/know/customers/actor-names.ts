import { staffNames } from '#know/staff/index.ts'
import type { Context } from '#platform/context.ts'

/** Names of the members of staff behind labels like `staff:12`, by label; nothing is read where none is among them. */
export async function actorNames(ctx: Context, labels: readonly string[]): Promise<Map<string, string>> {
  if (!labels.some((label) => label.startsWith('staff:'))) return new Map()
  return new Map((await staffNames(ctx)).map((one) => [`staff:${one.id}`, one.name]))
}
