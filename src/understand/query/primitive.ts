import type { Day } from '#platform/days.ts'
import type { Foreteller, ForetoldAction, ValueClass } from './contract.ts'
import type { DistanceAsked } from './distance-asked.ts'
import type { DidAsked } from './event-sql.ts'
import type { FirstBoughtAsked } from './first-bought-sql.ts'
import type { LikelyAsked } from './likely-sql.ts'
import type { MovedAsked } from './moved-sql.ts'
import type { OrdersAsked } from './orders-asked.ts'
import type { PathStep } from './path-condition.ts'
import type { PathAsked } from './path-sql.ts'
import type { ParcelAsked, ReviewedAsked } from './record-sql.ts'
import type { RegionCondition } from './region-condition.ts'
import type { SequenceAsked } from './sequence-sql.ts'

/** Columns of a source (source.ts) that conditions compare; null where not known. */
export const columnTypes = {
  gender: 'String',
  country: 'String',
  province: 'String',
  city: 'String',
  added: 'Date',
  first_purchase: 'Date',
  last_purchase: 'Date',
  last_talked: 'Date',
  next_talk: 'Date',
  purchases: 'Int64', // wider than the column, so that no bound wraps around
  revenue: 'Int64',
} as const
export type Column = keyof typeof columnTypes

/** Columns of the outlooks (understand/predictions) that conditions compare. */
export const outlookTypes = {
  here: 'Int64',
  again90: 'Int64',
  again365: 'Int64',
  value90: 'Int64',
  value365: 'Int64',
  next_day: 'Date',
  call_before: 'Date',
} as const
export type OutlookColumn = keyof typeof outlookTypes

/** Bits of the column `sure` (migrations/postgres/0035-sure.sql). */
export const sureBits = { gender: 1, birthday: 2, country: 4, province: 8, city: 16, region: 32 } as const
export type SureField = keyof typeof sureBits

export type ScoreOf = 'recency' | 'frequency' | 'monetary' | 'frequencyMonetary'

export type OwnTest =
  | { by: 'choices'; among: number[] }
  | { by: 'number'; from?: number; to?: number }
  | { by: 'day'; from?: Day; to?: Day }
  | { by: 'text'; among: string[] }

/** The few conditions that are compiled; all others are made of them (desugar.ts). Each is yes, no or null: unknown. */
export type Primitive =
  | { is: 'yes' }
  | { is: 'unknown' }
  | { is: 'and'; of: Primitive[] }
  | { is: 'or'; of: Primitive[] }
  | { is: 'not'; of: Primitive }
  /** Both ends included; unknown where the column is null. */
  | { is: 'between'; column: Column; from?: Day | number; to?: Day | number }
  | { is: 'among'; column: Column; values: string[] }
  | { is: 'null'; column: Column }
  | { is: 'flag'; column: 'has_phone' | 'has_email' }
  /** The next birthday is so many days ahead of a day, or one falls in some months of its year; unknown where there is none. */
  | { is: 'birthday'; on: Day; from?: number; to?: number; months?: number[] }
  | { is: 'age'; on: Day; from?: number; to?: number }
  | { is: 'anniversary'; column: Column; on: Day; from?: number; to?: number }
  /** Whether day and month, or the year, of the birthday are known. */
  | { is: 'birthKnown'; column: 'birth_code' | 'birth_year' }
  /** In one of these regions; unknown where only a wider one is known. */
  | { is: 'region'; among: RegionCondition['in'] }
  | { is: 'regionKnown' }
  /** From where exactly somebody is, else from the centre of the region; unknown where that has none. */
  | { is: 'distance'; asked: DistanceAsked }
  /** As `reachable` says now; unknown where it says neither yes nor no. */
  | { is: 'may'; bit: number }
  | { is: 'knownBy'; kinds: string[] }
  | { is: 'owners'; among: number[] }
  | { is: 'owned' }
  | { is: 'shops'; among: number[] }
  /** What holds of where the person came from; never unknown. */
  | { is: 'came'; among?: number[]; from?: Day; to?: Day }
  /** Tags, each with those that were merged into it, on a day; never unknown. */
  | { is: 'tagged'; families: number[][]; on: Day }
  /** Picked by hand for one of some segments on a day, or kept out of one; never unknown. */
  | { is: 'picked'; segmentIds: number[]; out: boolean; on: Day }
  | { is: 'state'; among: number[] }
  | { is: 'snapshot'; ids: number[] }
  /** The value of an own field that is shown; unknown where there is none. */
  | { is: 'own'; fieldId: number; test: OwnTest; sure?: true }
  /** Whether there is one. */
  | { is: 'ownKnown'; fieldId: number; sure?: true }
  /** A condition that looks only at what the person or staff said of a field; unknown where nobody of them did. */
  | { is: 'sure'; field: SureField; of: Primitive }
  | { is: 'sureKnown'; field: SureField }
  /** A purchase in these days; never unknown. */
  | { is: 'bought'; from?: Day; to?: Day }
  /** Purchases of a product up to a day, at some shops where not all are seen; never unknown. */
  | { is: 'boughtProduct'; productId: number; times: number; from?: Day; to: Day; shopIds?: number[] }
  /** What the last forecast says of a customer; unknown where it says nothing. */
  | { is: 'foretold'; column: OutlookColumn; from?: Day | number; to?: Day | number }
  | { is: 'foretoldBy'; among: Foreteller[] }
  | { is: 'foretoldAction'; among: ForetoldAction[]; on: Day }
  /** Unknown for whom the model has no list. */
  | { is: 'likely'; asked: LikelyAsked }
  /** Unknown where the average, the gap, the first or the last of none is asked. */
  | { is: 'orders'; asked: OrdersAsked }
  /** Never unknown, nor are the two below. */
  | { is: 'firstBought'; asked: FirstBoughtAsked }
  | { is: 'did'; asked: DidAsked }
  | { is: 'sequence'; asked: SequenceAsked }
  | { is: 'path'; asked: PathAsked & { steps: PathStep[] } }
  | { is: 'reviewed'; asked: ReviewedAsked }
  | { is: 'parcel'; asked: ParcelAsked }
  | { is: 'moved'; asked: MovedAsked }
  | { is: 'share'; percent: number; seed: number }
  | { is: 'scored'; score: ScoreOf; from?: number; to?: number }
  | { is: 'classed'; among: ValueClass[] }
