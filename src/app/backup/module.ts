import type { Module } from '#platform/module.ts'
import { backupRouter } from './api.ts'
import type { Place } from './backup.ts'
import { backupContract } from './contract.ts'
import { keepBackups, runBackup } from './keep-backups.ts'

/** Backups: made by the clock and when asked, kept for a while, restored into an empty house by the command line. */
export function backupModule(place: Place): Module {
  return {
    name: 'backup',
    api: { contract: backupContract, router: backupRouter(place) },
    jobs: [
      { name: 'backup.make', alone: true, run: (ctx, { id }, signal) => runBackup(ctx, place, Number(id), signal) },
    ],
    loops: [{ name: 'backup.keep', everyMs: 30_000, turn: keepBackups }],
  }
}
