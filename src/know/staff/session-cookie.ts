import type { RequestContext } from '#platform/http/index.ts'

const plain = 'regulars_session'
const secure = '__Host-regulars_session'

/**
 * The token of a request's session cookie. Over https the cookie has the `__Host-` prefix and goes over https alone; a till or
 * a phone in the shop's own network that uses plain http has the other.
 */
export function tokenIn(headers: Headers): string | undefined {
  const cookies = new Map(
    (headers.get('cookie') ?? '').split(';').map((pair) => {
      const at = pair.indexOf('=')
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const
    }),
  )
  const token = cookies.get(secure) ?? cookies.get(plain)
  return token && token.length <= 100 ? token : undefined
}

/** Gives the browser its token. One that once came by http and now by https is left with one session, not two. */
export function setCookie(ctx: RequestContext, token: string, milliseconds: number): void {
  ctx.answer.delete('set-cookie')
  ctx.answer.append('set-cookie', cookie(ctx.request.https, token, Math.floor(milliseconds / 1000)))
  if (ctx.request.https) ctx.answer.append('set-cookie', cookie(false, '', 0))
}

/** Takes the token away from the browser. */
export function clearCookie(ctx: RequestContext): void {
  ctx.answer.delete('set-cookie')
  ctx.answer.append('set-cookie', cookie(false, '', 0))
  if (ctx.request.https) ctx.answer.append('set-cookie', cookie(true, '', 0))
}

function cookie(https: boolean, token: string, seconds: number): string {
  return `${https ? secure : plain}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${https ? '; Secure' : ''}`
}
