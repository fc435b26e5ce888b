import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'

/**
 * Secure headers on every answer, errors included. Style attributes are allowed because charts and the kit place things by
 * them; style elements need this answer's nonce.
 */
export function headers(): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", nonceSource],
      styleSrcAttr: ["'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:', 'https:'],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: 'DENY',
    referrerPolicy: 'same-origin',
    strictTransportSecurity: 'max-age=63072000; includeSubDomains',
    crossOriginOpenerPolicy: 'same-origin',
    crossOriginResourcePolicy: 'same-origin',
    permissionsPolicy: { camera: ['self'], geolocation: [], microphone: [] },
  })
}

const nonces = new WeakMap<HonoContext, string>()

/** The nonce of this answer's style elements. */
export function nonceOf(c: HonoContext): string {
  let nonce = nonces.get(c)
  if (!nonce) {
    nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
    nonces.set(c, nonce)
  }
  return nonce
}

function nonceSource(c: HonoContext): string {
  return `'nonce-${nonceOf(c)}'`
}
