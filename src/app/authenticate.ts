import { keyAuthentication } from '#know/keys/index.ts'
import { authenticate } from '#know/staff/index.ts'
import type { ServeOptions } from '#platform/http/index.ts'

/** Who asks: a program by its key, else a person by the session's cookie. With a key the cookie does not count. */
export function authentication(): ServeOptions['authenticate'] {
  const byKey = keyAuthentication()
  return async (ctx, headers, guess) => (await byKey(ctx, headers, guess)) ?? authenticate(ctx, headers)
}
