import { join } from 'node:path'
import { exchangeModule } from '#doors/exchange/index.ts'
import { audit } from '#know/audit/index.ts'
import { catalogModule } from '#know/catalog/index.ts'
import { customers } from '#know/customers/index.ts'
import { keys } from '#know/keys/index.ts'
import { ordersModule, searchByNumber } from '#know/orders/index.ts'
import { shops } from '#know/shops/index.ts'
import { staff } from '#know/staff/index.ts'
import type { Config } from '#platform/config.ts'
import type { Module } from '#platform/module.ts'
import { secretKeyFile } from '#platform/secrets.ts'
import { lifecycle } from '#understand/lifecycle/index.ts'
import { metrics } from '#understand/metrics/index.ts'
import { projection } from '#understand/projection/index.ts'
import { listed, value } from '#understand/value/index.ts'
import { backupModule, type Place } from './backup/index.ts'
import { healthModule } from './health/index.ts'
import { version } from './version.ts'

/** Every module of the house, in the order of dependency. The only place that knows them all. */
export function modulesOf(config: Config): readonly Module[] {
  const ofShop: readonly Module[] = [
    shops,
    staff,
    keys,
    audit,
    customers({ searchAlso: [searchByNumber], listed }),
    catalogModule,
    ordersModule,
    projection,
    lifecycle,
    value,
    metrics,
    exchangeModule({ uploads: join(config.dataDir, 'uploads') }),
  ]
  return [...ofShop, backupModule(placeOf(config, ofShop)), healthModule(config)]
}

/** Where this machine keeps things, and what its modules hold outside of the records. */
export function placeOf(config: Config, modules: readonly Module[]): Place {
  return {
    dataDir: config.dataDir,
    folder: config.backups,
    settingsFile: config.file,
    keeps: [{ files: [secretKeyFile] }, ...modules.flatMap(({ keeps }) => keeps ?? [])],
    version,
  }
}
