import type { RateClass } from '../contract/endpoint.ts'
import { Refusal } from '../refusal.ts'

const limits: Record<RateClass, { calls: number; seconds: number }> = {
  read: { calls: 1200, seconds: 60 },
  write: { calls: 240, seconds: 60 },
  heavy: { calls: 30, seconds: 60 },
  guess: { calls: 10, seconds: 300 },
}

const mostBuckets = 50_000

export type RateLimits = {
  /** Counts a call. @throws Refusal `http.too_many` */
  take(rate: RateClass, principal: string): void
  /** Takes back a count: what looked like a guess was none. */
  giveBack(rate: RateClass, principal: string): void
}

/**
 * Token buckets in this process's memory: with several `serve` processes each has its own, so the whole allows that many
 * times more. Kept so on purpose: a shared count would cost a write per read.
 * @param now machine time in milliseconds
 */
export function rateLimits(now: () => number, scale = 1): RateLimits {
  const buckets = new Map<string, { left: number; at: number }>()
  return {
    take(rate, principal) {
      const { calls, seconds } = limits[rate]
      const most = calls * scale
      const at = now()
      const key = `${rate} ${principal}`
      const bucket = buckets.get(key) ?? { left: most, at }
      bucket.left = Math.min(most, bucket.left + ((at - bucket.at) / 1000) * (most / seconds))
      bucket.at = at
      // The least recently used leave; all at once, a stranger with many addresses could free himself of his own count.
      buckets.delete(key)
      buckets.set(key, bucket)
      if (buckets.size > mostBuckets) buckets.delete(buckets.keys().next().value!)
      if (bucket.left < 1) {
        throw new Refusal('too_many', 'http.too_many', { retryAfter: Math.ceil((1 - bucket.left) / (most / seconds)) })
      }
      bucket.left -= 1
    },
    giveBack(rate, principal) {
      const bucket = buckets.get(`${rate} ${principal}`)
      if (bucket) bucket.left += 1
    },
  }
}
