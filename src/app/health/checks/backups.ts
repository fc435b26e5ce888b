import { statSync } from 'node:fs'
import { hostname } from 'node:os'
import { openArchive } from '#platform/archive/index.ts'
import { Refusal } from '#platform/refusal.ts'
import { listBackups, planOf, shopSince } from '../../backup/index.ts'
import type { Check } from '../check.ts'
import type { Finding } from '../finding.ts'

const HOUR = 3600_000

/** Whether there is a backup that is young and whole. */
export const backupCheck: Check = {
  name: 'backups',
  needs: ['records'],
  async run({ ctx, thorough }) {
    const shop = await shopSince(ctx)
    if (!shop) return []
    const [{ value: plan }, [last], [newest]] = await Promise.all([
      planOf(ctx),
      listBackups(ctx, { limit: 1, done: true }),
      listBackups(ctx, { limit: 1 }),
    ])
    const now = ctx.clock.machine().getTime()
    const since = last?.endedAt ? Date.parse(last.endedAt) : shop.since.getTime()
    const hours = Math.floor((now - since) / HOUR)
    const commands = ['regulars backup']
    const found: Finding[] = []
    if (!last && hours >= 26)
      found.push({ code: 'backup_none', level: 'wrong', params: { days: Math.floor(hours / 24) }, commands })
    if (last && hours >= 26)
      found.push({
        code: 'backup_old',
        level: hours >= 72 ? 'wrong' : 'look',
        params: { days: Math.floor(hours / 24) },
        commands,
      })
    if (!plan.daily) found.push({ code: 'backup_not_daily', level: 'look' })
    if (newest?.state === 'failed')
      found.push({ code: 'backup_failed', level: 'look', params: { code: newest.failure?.code ?? '?' }, commands })
    if (last?.path && last.machine === hostname()) found.push(...(await trouble(last.path, last.bytes ?? 0, thorough)))
    return found
  },
}

async function trouble(path: string, bytes: number, thorough: boolean): Promise<Finding[]> {
  const commands = ['regulars backup']
  const there = statSync(path, { throwIfNoEntry: false })
  if (!there) return [{ code: 'backup_gone', level: 'wrong', params: { path }, commands }]
  const bent = (where: string): Finding[] => [
    { code: 'backup_damaged', level: 'wrong', params: { path, where }, commands },
  ]
  if (there.size !== bytes) return bent(`${there.size} ≠ ${bytes}`)
  if (!thorough) return []
  try {
    await (await openArchive(path)).close()
    return []
  } catch (error) {
    return bent(error instanceof Refusal ? `${error.params.part}, ${error.params.at}` : '?')
  }
}
