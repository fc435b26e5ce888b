import * as exchange from '#doors/exchange/web/pages.ts'
import * as ingest from '#doors/ingest/web/pages.ts'
import * as activity from '#know/activity/web/pages.ts'
import * as arrivals from '#know/arrivals/web/pages.ts'
import * as audit from '#know/audit/web/pages.ts'
import * as bulk from '#know/bulk/web/pages.ts'
import * as card from '#know/card/web/pages.ts'
import * as catalog from '#know/catalog/web/pages.ts'
import * as consent from '#know/consent/web/pages.ts'
import * as customers from '#know/customers/web/pages.ts'
import * as duplicates from '#know/duplicates/web/pages.ts'
import * as fields from '#know/fields/web/pages.ts'
import * as fresh from '#know/fresh/web/pages.ts'
import * as identity from '#know/identity/web/pages.ts'
import * as keys from '#know/keys/web/pages.ts'
import * as manners from '#know/manners/web/pages.ts'
import * as orders from '#know/orders/web/pages.ts'
import * as relations from '#know/relations/web/pages.ts'
import * as reviews from '#know/reviews/web/pages.ts'
import * as rights from '#know/rights/web/pages.ts'
import * as shops from '#know/shops/web/pages.ts'
import * as staff from '#know/staff/web/pages.ts'
import * as states from '#know/states/web/pages.ts'
import * as tags from '#know/tags/web/pages.ts'
import * as talks from '#know/talks/web/pages.ts'
import * as affinity from '#understand/affinity/web/pages.ts'
import * as cohorts from '#understand/cohorts/web/pages.ts'
import * as dashboards from '#understand/dashboards/web/pages.ts'
import * as digest from '#understand/digest/web/pages.ts'
import * as funnels from '#understand/funnels/web/pages.ts'
import * as habits from '#understand/habits/web/pages.ts'
import * as lifecycle from '#understand/lifecycle/web/pages.ts'
import * as membership from '#understand/membership/web/pages.ts'
import * as metrics from '#understand/metrics/web/pages.ts'
import * as paths from '#understand/paths/web/pages.ts'
import * as predictions from '#understand/predictions/web/pages.ts'
import * as recommend from '#understand/recommend/web/pages.ts'
import * as reports from '#understand/reports/web/pages.ts'
import * as segments from '#understand/segments/web/pages.ts'
import * as value from '#understand/value/web/pages.ts'
import type { PageModule } from '#web/page.ts'
import * as backup from './backup/web/pages.ts'
import * as health from './health/web/pages.ts'

/** Every module's pages, panels, searches and actions; searches answer in this order. */
export const pageModules: readonly PageModule[] = [
  customers,
  identity,
  duplicates,
  talks,
  tags,
  manners,
  states,
  relations,
  arrivals,
  bulk,
  fields,
  activity,
  fresh,
  orders,
  reviews,
  card,
  catalog,
  metrics,
  cohorts,
  reports,
  dashboards,
  digest,
  funnels,
  paths,
  affinity,
  lifecycle,
  value,
  segments,
  membership,
  predictions,
  habits,
  recommend,
  exchange,
  ingest,
  shops,
  staff,
  consent,
  rights,
  audit,
  keys,
  health,
  backup,
]
