import { merchantOf } from '#know/shops/index.ts'
import type { RequestContext } from '#platform/http/index.ts'
import { type Locale, localeOf, locales } from '#platform/i18n/index.ts'
import type { PublicRoute } from '#platform/module.ts'
import { Refusal } from '#platform/refusal.ts'
import { type Link, linkOf } from '../links.ts'
import type { Said } from '../record-consents.ts'
import { customerOfProfile } from '../show-consent.ts'
import { consentStates } from '../states.ts'
import { preferencePage, type Shown, wordsShown } from './page.ts'
import { changesIn, choicesOf, choose, endOf, nothingMore } from './preferences.ts'

/**
 * The pages of a customer's own choices. GET shows and changes nothing, so that a mail scanner that opens every link ends nothing;
 * HEAD is a GET without its body. POST acts: by RFC 8058 at once, whoever sends it, without cookie, login or redirect; from the page's
 * own form, then the page again.
 */
export const preferenceRoutes: readonly PublicRoute[] = [
  { method: 'GET', path: '/my/:token', name: 'preferences', handle: show },
  { method: 'POST', path: '/my/:token', name: 'choose', handle: act },
]

const dones = ['saved', 'unsubscribed', 'nothing', 'confirmed'] as const

type Asked = { link: Link; customerId: number | undefined; locale: Locale; merchant: string; zone: string }

async function show(ctx: RequestContext, request: Request, params: Record<string, string>, nonce: string) {
  const query = new URL(request.url).searchParams
  const asked = await understand(ctx, params, query.get('lang'))
  return answer(
    ctx,
    asked,
    nonce,
    dones.find((one) => one === query.get('done')),
  )
}

async function act(ctx: RequestContext, request: Request, params: Record<string, string>, nonce: string) {
  const form = await request.formData().catch(() => new FormData())
  const asked = await understand(ctx, params, form.get('lang'))
  const { link, customerId } = asked
  const oneClick = form.get('List-Unsubscribe') === 'One-Click'
  const doing = oneClick ? 'unsubscribe' : String(form.get('do') ?? '')
  const said = await saidBy(ctx, doing, form, asked)
  if (!said) throw new Refusal('invalid', 'http.invalid_input')
  if (customerId !== undefined) {
    const way = oneClick ? 'one_click' : doing === 'confirm' ? 'confirmed' : 'page'
    await choose(ctx, said, {
      ...{ customerId, profileId: link.profileId, way },
      shown: { locale: asked.locale, words: wordsShown(asked.locale, asked.merchant) },
      evidence: evidenceOf(ctx),
    })
  }
  const done = ({ save: 'saved', unsubscribe: 'unsubscribed', nothing: 'nothing', confirm: 'confirmed' } as const)[
    doing
  ]!
  if (oneClick) return answer(ctx, asked, nonce, done)
  const back = `${new URL(request.url).pathname}?${new URLSearchParams({ done, lang: asked.locale })}`
  return new Response(null, { status: 303, headers: { location: back } })
}

/** What a form says; nothing where it is none of ours. */
async function saidBy(
  ctx: RequestContext,
  doing: string,
  form: FormData,
  { link, customerId }: Asked,
): Promise<readonly Said[] | undefined> {
  const { channel, purpose } = link
  if (doing === 'unsubscribe') return endOf(link)
  if (doing === 'nothing') return nothingMore
  if (doing === 'confirm' && link.does === 'confirm' && channel && purpose) {
    return [{ subject: 'contact', channel, purpose, decision: 'allowed' }]
  }
  if (doing !== 'save') return undefined
  const state = customerId === undefined ? undefined : (await consentStates(ctx, [customerId])).get(customerId)
  return state ? changesIn(form, choicesOf(state, ctx.clock.now()), ctx.clock.now()) : []
}

/** @throws Refusal `consent.link_unknown`, the same for a token that is cut off and for one that is made up */
async function understand(
  ctx: RequestContext,
  { token = '' }: Record<string, string>,
  lang: FormDataEntryValue | null,
): Promise<Asked> {
  const link = linkOf(ctx, token)
  if (!link) throw new Refusal('not_found', 'consent.link_unknown')
  const { name, zone, locale } = await merchantOf(ctx)
  const accepted = ctx.request.headers.get('accept-language')
  const spoken = /\b(zh|en)\b/i.test(accepted ?? '') ? localeOf(accepted) : (locale as Locale)
  return {
    link,
    customerId: await customerOfProfile(ctx, link.profileId),
    locale: locales.find((one) => one === lang) ?? spoken,
    merchant: name,
    zone,
  }
}

async function answer(ctx: RequestContext, asked: Asked, nonce: string, done?: Shown['done']): Promise<Response> {
  const { link, customerId, locale, merchant, zone } = asked
  const state = customerId === undefined ? undefined : (await consentStates(ctx, [customerId])).get(customerId)
  const choices = state && choicesOf(state, ctx.clock.now())
  const page = preferencePage({ locale, merchant, zone, nonce, link, done, choices })
  return new Response(String(await page), {
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-language': locale, vary: 'accept-language' },
  })
}

/** What the machine saw of who pressed the button; it goes with the person. */
function evidenceOf({ request }: RequestContext): Record<string, string> {
  const browser = request.headers.get('user-agent')
  return { ip: request.ip, ...(browser ? { browser: browser.slice(0, 200) } : {}) }
}
