import { z } from 'zod'
import { isDay, isZone } from '../days.ts'
import { isCurrency } from '../money.ts'
import { Refusal } from '../refusal.ts'

/** Shapes that contracts share. Every text has a largest length, every number a range. */
export const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
export const version = z.number().int().positive()
/** A day of the shop's zone, between the years 400 and 9000, so that days before and after it are days too. */
export const day = z
  .string()
  .max(10)
  .refine((text) => isDay(text) && text >= '0400-01-01' && text <= '9000-12-31', { message: 'invalid_day' })
export const zone = z.string().max(64).refine(isZone, { message: 'unknown_zone' })
export const currency = z.string().length(3).refine(isCurrency, { message: 'unknown_currency' })
export const locale = z.enum(['zh-CN', 'zh-TW', 'en'])
export const minor = z.number().int().min(-9e15).max(9e15)
/** Trimmed text of 1 to `max` characters. */
export const text = (max: number) => z.string().trim().min(1).max(max)
/** An instant on the wire: ISO 8601 in UTC; the longest has nanoseconds. */
export const instant = z.iso.datetime({ offset: true }).max(40)

export type Locale = z.infer<typeof locale>

/** A page of a list: opaque keyset cursors, at most 100 rows. */
export const pageInput = {
  limit: z.coerce.number().int().min(1).max(100).default(20),
  after: z.string().max(1000).optional(),
}

export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().optional() })

/** A cursor of the keyset values of the last row shown. */
export function cursorOf(...key: (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** The keyset values of a cursor. @throws Refusal `page.cursor` when it is not one of ours for this order */
export function readCursor<T extends z.ZodTuple>(shape: T, cursor: string): z.infer<T> {
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))) as z.infer<T>
  } catch {
    throw new Refusal('invalid', 'page.cursor')
  }
}
