import { hash } from 'node:crypto'

export const messageTypes = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const
export type MessageType = (typeof messageTypes)[number]

export type Json = Record<string, unknown>

/** A key's source as a message needs it. */
export type Origin = { keyId: number; sourceId: number; source: string; shopId: number | null; orders: boolean }

/** A message that can be understood. Texts are clean: no NUL, no half characters. */
export type Message = {
  /** Its messageId, or made of it; the same for the same message. */
  id: string
  origin: Origin
  type: MessageType
  /** Of a track: as told. Of a page or screen: its name, if any. */
  event: string
  userId?: string
  anonymousId?: string
  /** When it happened, in shop time: counted from our clock, however wrong the sender's is. */
  at: Date
  cameAt: Date
  receivedAt: Date
  sentAt?: Date
  properties: Json
  /** Of the person: of an identify, or of the context. */
  traits: Json
  context: Json
  /** As it came, for a drop. */
  raw: Json
  /** How often it was tried before. */
  tries: number
}

/** A message that cannot be used, and why. */
export type Drop = Pick<Message, 'id' | 'origin' | 'cameAt' | 'sentAt' | 'tries'> & {
  reason: string
  subject?: string
  type?: string
  event?: string
  /** Absent where it is too large to keep. */
  raw?: Json
}

export type Envelope = {
  origin: Origin
  receivedAt: Date
  cameAt: Date
  sentAt?: Date
  /** Of the batch: what its messages do not say themselves. */
  context?: Json
  tries: number
  /** What it was known by the first time. */
  id?: string
}

/** Largest message, in bytes of JSON (about), and how deep it may be nested. */
const most = { bytes: 32 * 1024, depth: 24 }

/** Reads a message, or says why it cannot be used. */
export function readMessage(told: unknown, of: Envelope): Message | Drop {
  const { origin, cameAt, receivedAt, sentAt, tries } = of
  const drop = (reason: string, raw?: Json): Drop => ({
    id: of.id ?? (raw ? idOf(raw) : nameOf(told)),
    origin,
    cameAt,
    sentAt,
    tries,
    reason,
    type: text(raw?.type, 40),
    event: text(raw?.event, 200),
    raw,
  })
  // First of all: what is nested without end must not be walked by anything that calls itself.
  const size = sizeOf(told, 0)
  if (size > most.bytes) return drop(size === Number.POSITIVE_INFINITY ? 'too_deep' : 'too_large')
  if (!isObject(told)) return { ...drop('not_an_object'), raw: { told } }
  const { type } = told
  if (typeof type !== 'string' || !(messageTypes as readonly string[]).includes(type)) return drop('unknown_type', told)
  const event = text(type === 'track' ? told.event : told.name, 200)
  if (type === 'track' && !event) return drop('no_event', told)
  const userId = idText(told.userId)
  const anonymousId = idText(told.anonymousId)
  if (!userId && !anonymousId) return drop('no_person', told)
  const context = { ...of.context, ...object(told.context) }
  return {
    id: of.id ?? idOf(told),
    origin,
    type: type as MessageType,
    event: event ?? '',
    userId,
    anonymousId,
    at: happenedAt(told.timestamp ?? told.originalTimestamp, instant(told.sentAt) ?? sentAt, cameAt),
    cameAt,
    receivedAt,
    sentAt: instant(told.sentAt) ?? sentAt,
    properties: object(told.properties),
    traits: { ...object(context.traits), ...object(told.traits) },
    context,
    raw: told,
    tries,
  }
}

export function isDrop(one: Message | Drop): one is Drop {
  return 'reason' in one
}

/** The same message as a drop, for what is found only on the way. */
export function dropped(
  { id, origin, cameAt, sentAt, tries, type, event, raw }: Message,
  reason: string,
  subject?: string,
): Drop {
  return { id, origin, cameAt, sentAt, tries, type, event, raw, reason, subject }
}

const tenYearsMs = 10 * 366 * 86_400_000

/**
 * When it happened: as long before we got it as it was, by the sender's own clock, before it was sent. Without the time of sending
 * the sender's clock is believed; what lies ahead happened when it came.
 */
export function happenedAt(told: unknown, sentAt: Date | undefined, cameAt: Date): Date {
  const at = instant(told)
  if (!at) return cameAt
  const back = sentAt ? cameAt.getTime() - (sentAt.getTime() - at.getTime()) : at.getTime()
  // Each month is a partition of its own: who is ten years behind has no clock.
  return new Date(Math.min(Math.max(back, cameAt.getTime() - tenYearsMs), cameAt.getTime()))
}

export function instant(told: unknown): Date | undefined {
  if (typeof told !== 'string' && typeof told !== 'number') return undefined
  const date = new Date(told)
  return Number.isNaN(date.getTime()) ? undefined : date
}

export function object(told: unknown): Json {
  return isObject(told) ? told : {}
}

/** A text or number as trimmed text of at most `max` characters; undefined for all else and for nothing. */
export function text(told: unknown, max: number): string | undefined {
  if (typeof told === 'number' && Number.isFinite(told)) return String(told)
  if (typeof told !== 'string') return undefined
  return told.trim().slice(0, max).toWellFormed() || undefined
}

/** Takes out what no text of ours may hold: NUL and half characters. Asked for only where the JSON has such escapes. */
export function cleaned(told: unknown, depth = 0): unknown {
  if (typeof told === 'string') return told.replaceAll('\0', '').toWellFormed()
  // Deeper than any message may be: it is refused as such.
  if (depth > 2 * most.depth) return null
  if (Array.isArray(told)) return told.map((one) => cleaned(one, depth + 1))
  if (!isObject(told)) return told
  return Object.fromEntries(Object.entries(told).map(([key, value]) => [cleaned(key), cleaned(value, depth + 1)]))
}

/** Whether JSON may hold what `cleaned` takes out. */
export function isUnclean(json: string): boolean {
  return /\\u(?:0000|[dD][89a-fA-F])/.test(json)
}

function isObject(told: unknown): told is Json {
  return typeof told === 'object' && told !== null && !Array.isArray(told)
}

/** Ids longer than an identifier may be are nobody's. */
function idText(told: unknown): string | undefined {
  const id = text(told, 129)
  return id && id.length <= 128 ? id : undefined
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * What a message is known by. Without a messageId and with a time of its own it is known by its content, so that a request sent twice
 * counts once; without either, two alike are two.
 */
function idOf(told: Json): string {
  const { messageId } = told
  if (typeof messageId === 'string' && messageId)
    return uuid.test(messageId) ? messageId.toLowerCase() : hashed(messageId)
  const timed = told.timestamp ?? told.originalTimestamp
  return timed ? hashed(JSON.stringify(told)) : crypto.randomUUID()
}

/** Of what is not kept: its messageId where it has one. */
function nameOf(told: unknown): string {
  const { messageId } = object(told)
  return typeof messageId === 'string' && messageId ? idOf({ messageId }) : crypto.randomUUID()
}

/** 128 bits of a text in the form of a UUID. */
function hashed(text: string): string {
  const hex = hash('sha256', text)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}

/** About how long a value is as JSON; infinite where it is nested too deep. Ends as soon as it is too long. */
function sizeOf(value: unknown, depth: number): number {
  if (typeof value === 'string') return value.length + 2
  if (typeof value !== 'object' || value === null) return 5
  if (depth >= most.depth) return Number.POSITIVE_INFINITY
  let size = 2
  if (Array.isArray(value)) for (const one of value) size += sizeOf(one, depth + 1) + 1
  else
    for (const key in value) {
      size += key.length + 4 + sizeOf((value as Json)[key], depth + 1)
      if (size > most.bytes) return size
    }
  return size
}
