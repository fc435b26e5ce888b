import { ORPCError, ValidationError } from '@orpc/server'
import { Refusal } from '../refusal.ts'

type Issue = { message: string; path: PropertyKey[] }

/** Nothing that we are asked is nested deeper; what is, would break whoever walks it by calling himself. */
const deepest = 64

/**
 * Refuses, before any shape is looked at, what no text of ours may hold: a NUL, which Postgres cannot keep, half a surrogate
 * pair, which is no character, and nesting without end.
 * @throws ORPCError, answered as `http.invalid_input` with the places
 */
export function refuseUnplain(input: unknown): void {
  const issues = issuesOf(input)
  if (issues.length === 0) return
  throw new ORPCError('BAD_REQUEST', {
    cause: new ValidationError({ message: 'not plain', issues, data: undefined }),
  })
}

function issuesOf(input: unknown): Issue[] {
  const found: Issue[] = []
  const waiting: { value: unknown; path: PropertyKey[] }[] = [{ value: input, path: [] }]
  for (let next = waiting.pop(); next && found.length < 20; next = waiting.pop()) {
    const { value, path } = next
    if (typeof value === 'string') {
      if (isBroken(value)) found.push({ message: 'invalid_text', path })
    } else if (typeof value === 'object' && value !== null) {
      if (path.length >= deepest) return [{ message: 'too_deep', path: path.slice(0, 3) }]
      for (const [key, inner] of Object.entries(value)) {
        // The name itself is not said: it may be anything.
        if (isBroken(key)) found.push({ message: 'invalid_text', path })
        else waiting.push({ value: inner, path: [...path, key] })
      }
    }
  }
  return found
}

function isBroken(text: string): boolean {
  return text.includes('\0') || !text.isWellFormed()
}

/**
 * The JSON body of a stream's request, held to a size also where the request does not tell its length.
 * @throws Refusal `http.too_large`; ORPCError as `refuseUnplain`
 * @returns undefined where it is no JSON
 */
export async function readJson(request: Request, maxBytes = 1_000_000): Promise<unknown> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of request.body ?? []) {
    size += piece.length
    if (size > maxBytes) throw new Refusal('too_large', 'http.too_large')
    pieces.push(piece)
  }
  let body: unknown
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces)))
  } catch {
    return undefined
  }
  refuseUnplain(body)
  return body
}
