import { join } from 'node:path'
import { exchangeModule } from '#doors/exchange/index.ts'
import { ingestAt } from '#doors/ingest/index.ts'
import { activity } from '#know/activity/index.ts'
import { arrivals, arrivalWords, toldArrivals } from '#know/arrivals/index.ts'
import { audit } from '#know/audit/index.ts'
import { behaviour, behaviourTimeline } from '#know/behaviour/index.ts'
import { bulk } from '#know/bulk/index.ts'
import { card } from '#know/card/index.ts'
import { catalogModule } from '#know/catalog/index.ts'
import { consent, consentPreview } from '#know/consent/index.ts'
import { customers } from '#know/customers/index.ts'
import { duplicates, likelySame } from '#know/duplicates/index.ts'
import { fields } from '#know/fields/index.ts'
import { fresh } from '#know/fresh/index.ts'
import { identity } from '#know/identity/index.ts'
import { keys } from '#know/keys/index.ts'
import { manners } from '#know/manners/index.ts'
import { ordersModule, ordersOfMerge, orderWords, searchByNumber, stepWords } from '#know/orders/index.ts'
import { regionsModule } from '#know/regions/index.ts'
import { relations, relationWords } from '#know/relations/index.ts'
import { reviews, reviewWords } from '#know/reviews/index.ts'
import { rights } from '#know/rights/index.ts'
import { shops } from '#know/shops/index.ts'
import { staff } from '#know/staff/index.ts'
import { states } from '#know/states/index.ts'
import { tags, tagWords, toldTags } from '#know/tags/index.ts'
import { talks, talkWords, toldTalks } from '#know/talks/index.ts'
import type { Config } from '#platform/config.ts'
import type { Module } from '#platform/module.ts'
import { secretKeyFile } from '#platform/secrets.ts'
import { affinity } from '#understand/affinity/index.ts'
import { cohorts } from '#understand/cohorts/index.ts'
import { dashboards } from '#understand/dashboards/index.ts'
import { digest } from '#understand/digest/index.ts'
import { funnels } from '#understand/funnels/index.ts'
import { habits } from '#understand/habits/index.ts'
import { lifecycle, stageOfMerge } from '#understand/lifecycle/index.ts'
import { membership, membershipWords } from '#understand/membership/index.ts'
import { metrics } from '#understand/metrics/index.ts'
import { paths } from '#understand/paths/index.ts'
import { predictions } from '#understand/predictions/index.ts'
import { projectAll, projection } from '#understand/projection/index.ts'
import { reachable } from '#understand/reachable/index.ts'
import { recommend } from '#understand/recommend/index.ts'
import { reports } from '#understand/reports/index.ts'
import { picking, segments } from '#understand/segments/index.ts'
import { listed, value } from '#understand/value/index.ts'
import { backupModule, type Place } from './backup/index.ts'
import { healthModule } from './health/index.ts'
import { version } from './version.ts'

/** Every module of the house, in the order of dependency. The only place that knows them all. */
export function modulesOf(config: Config): readonly Module[] {
  const tellers = [
    talkWords,
    tagWords,
    orderWords,
    stepWords,
    arrivalWords,
    relationWords,
    reviewWords,
    membershipWords,
  ]
  const ofShop: readonly Module[] = [
    regionsModule,
    shops,
    staff,
    keys,
    audit,
    fields,
    customers({
      searchAlso: [searchByNumber],
      listed,
      told: [toldTags, toldTalks, toldArrivals],
      alike: likelySame,
      timelineAlso: [behaviourTimeline],
      tellers,
    }),
    identity({ previews: [ordersOfMerge, stageOfMerge, consentPreview] }),
    duplicates,
    consent,
    talks,
    tags,
    manners,
    states,
    relations,
    arrivals,
    bulk({ listed, picking }),
    catalogModule,
    ordersModule,
    reviews,
    behaviour,
    fresh,
    activity({ tellers }),
    rights({ modules: () => all, follow: projectAll }),
    card,
    projection,
    lifecycle,
    value,
    predictions,
    habits,
    reachable,
    segments,
    membership,
    metrics,
    cohorts,
    reports,
    dashboards,
    digest,
    funnels,
    paths,
    affinity,
    recommend,
    exchangeModule({ uploads: join(config.dataDir, 'uploads') }),
    ingestAt(config.trackingPrefix),
  ]
  const all: readonly Module[] = [...ofShop, backupModule(placeOf(config, ofShop)), healthModule(config)]
  return all
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
