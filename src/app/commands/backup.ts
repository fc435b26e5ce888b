import { mkdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import { openColumns } from '#platform/clickhouse/connect.ts'
import { systemClock } from '#platform/clock.ts'
import { readConfig } from '#platform/config.ts'
import { holdEngines } from '#platform/engines/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { askForBackup, makeBackup, newFile, restore } from '../backup/index.ts'
import { modulesOf, placeOf } from '../modules.ts'
import { openHouse } from '../open-house.ts'
import { interruption, progressBar, tell, tellJson } from './terminal.ts'

export function addBackupCommands(program: Command): void {
  program
    .command('backup')
    .description('write everything to one file, beside the running shop')
    .argument('[file]', 'where to; a file by date in the folder of backups unless told')
    .option('--json', 'one line of JSON at the end')
    .addHelpText(
      'after',
      '\nThe file holds everything, also what is secret: keep it as such.\n\nExamples:\n  regulars backup\n  regulars backup /mnt/safe/shop.tar --json',
    )
    .action((file: string | undefined, options: { json?: boolean }) => runBackup(file, options))
  program
    .command('restore')
    .description('bring a backup back into an empty house: all of it or nothing')
    .argument('<file>', 'a backup')
    .option('--json', 'one line of JSON at the end')
    .addHelpText(
      'after',
      '\nThe house must be new: REGULARS_DATA in an empty folder, or a database and a ClickHouse that hold nothing. No process of\nRegulars may run on it.\n\nExamples:\n  REGULARS_DATA=/srv/shop regulars restore regulars-2026-03-01-033000.tar\n  DATABASE_URL=postgres://… CLICKHOUSE_URL=http://… regulars restore shop.tar --json',
    )
    .action((file: string, options: { json?: boolean }) => runRestore(file, options))
}

async function runBackup(file: string | undefined, options: { json?: boolean }): Promise<void> {
  const config = readConfig()
  const place = placeOf(config, modulesOf(config))
  const signal = interruption()
  const line = progressBar(() => systemClock.machine().getTime())
  const house = await openHouse(config, tell)
  try {
    const path = file ? resolve(file) : await newFile(house.ctx, place.folder)
    if (!file) await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const { id } = await askForBackup(house.ctx, 'command')
    const onProgress = ({ phase, share }: { phase: string; share: number }) => line.show(phase, share)
    const made = await makeBackup(house.ctx, place, { id, path, signal, onProgress })
    line.end()
    if (options.json) tellJson({ path, bytes: made.bytes, rows: made.rows, sha256: made.sha256 })
    else tell(`${path}: ${made.rows} rows, ${made.bytes} bytes, read again and whole.`)
  } finally {
    line.end()
    await house.close()
  }
}

async function runRestore(file: string, options: { json?: boolean }): Promise<void> {
  const config = readConfig()
  const signal = interruption()
  const line = progressBar(() => systemClock.machine().getTime())
  const show = ({ phase, share }: { phase: string; share: number }) => line.show(phase, share)
  const { keeps } = placeOf(config, modulesOf(config))
  const { dataDir, databaseUrl, clickhouseUrl, clickhouseCluster: cluster } = config
  const engines = await holdEngines({ dataDir, databaseUrl, clickhouseUrl }, tell)
  const columns = openColumns(engines.clickhouseUrl, { queryMs: 12 * 3600_000 })
  try {
    const restored = await restore(
      { databaseUrl: engines.databaseUrl, columns, cluster, dataDir, keeps },
      { path: resolve(file), signal, onProgress: show },
    )
    // The engines are held all the while; this joins them.
    const house = await openHouse(config, tell)
    try {
      line.show('making the columns')
      await projectAll(house.ctx)
    } finally {
      await house.close()
    }
    line.end()
    if (options.json) tellJson(restored)
    else
      tell(
        `Restored ${restored.rows} rows of ${restored.tables} tables as of ${restored.madeAt}. Start the shop: regulars start`,
      )
  } finally {
    line.end()
    await columns.close()
    await engines.release()
  }
}
