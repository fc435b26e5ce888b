import { sql } from 'kysely'
import type { Point } from '#know/regions/contract.ts'
import type { Brand, Channel, Shop } from './contract.ts'

/** Where the merchant sells: shops, the channels they belong to, the brands they carry. All three have code, name and archive. */
export type Place = 'shops' | 'channels' | 'brands'

export type PlaceRow = { shops: Shop; channels: Channel; brands: Brand }

/** What can be told of a place when adding it or editing it. */
export type PlaceFields = {
  shops: { code?: string; name?: string; channelId?: number | null; brandId?: number | null; position?: Point | null }
  channels: { code?: string; name?: string; kind?: Channel['kind'] }
  brands: { code?: string; name?: string }
}

/** An installation has at most so many of each; lists are not paged. */
export const mostPlaces = 1000

const own = {
  shops: sql`, channel_id, brand_id,
    case when latitude is not null then jsonb_build_object('latitude', latitude, 'longitude', longitude) end as position`,
  channels: sql`, kind`,
  brands: sql``,
}

/** The columns of a place as its contract shows them. */
export function columnsOf(place: Place) {
  return sql`id, code, name, archived_at is not null as archived, version${own[place]}`
}

/** What is told, by columns. */
export function columnsTold<T extends object>(fields: T): [column: string, value: unknown][] {
  return Object.entries(fields).flatMap(([field, value]): [string, unknown][] => {
    if (value === undefined) return []
    if (field !== 'position') return [[field, value]]
    const { latitude = null, longitude = null } = (value as Point | null) ?? {}
    return [
      ['latitude', latitude],
      ['longitude', longitude],
    ]
  })
}

/** Whether an error is Postgres's “unique violation”, or “foreign key violation”. */
export function violates(error: unknown, what: 'unique' | 'reference'): boolean {
  return (error as { code?: string }).code === (what === 'unique' ? '23505' : '23503')
}
