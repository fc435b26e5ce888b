import { html, raw } from 'hono/html'
import { type Locale, locales, say } from '#platform/i18n/index.ts'
import type { Purpose } from '../consent.ts'
import type { Link } from '../links.ts'
import { type Choices, chosenPurposes } from './preferences.ts'

const style = `
:root{color-scheme:light dark;--ink:#24312b;--soft:#5b665f;--paper:#fbf9f4;--line:#d9d2c2;--tea:#2f6f4f;--on-tea:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#e6e3da;--soft:#a9afa6;--paper:#191c1a;--line:#3d433e;--tea:#8fc9a8;--on-tea:#12201a}}
*{box-sizing:border-box}body{margin:0 auto;max-width:36rem;padding:1.5rem 1rem 4rem;background:var(--paper);color:var(--ink);
font:17px/1.6 system-ui,"PingFang SC","PingFang TC","Noto Sans CJK SC",sans-serif}
h1{font-size:1.5rem;line-height:1.3;margin:.25rem 0 1rem}h2{font-size:1.125rem;margin:2rem 0 .25rem}p{margin:.25rem 0 .75rem}
.soft{color:var(--soft);font-size:.9375rem}.said{border-left:4px solid var(--tea);padding:.25rem .75rem;margin:0 0 1.5rem}
fieldset{border:0;border-top:1px solid var(--line);margin:1.5rem 0 0;padding:1rem 0 0;min-width:0}legend{float:left;width:100%;font-weight:600;padding:0}
legend+*{clear:both}label{display:flex;gap:.75rem;align-items:flex-start;min-height:44px;padding:.5rem 0}
input[type=checkbox]{width:1.375rem;height:1.375rem;margin:.125rem 0 0;accent-color:var(--tea);flex:none}
select{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--soft);border-radius:6px;padding:.5rem;min-height:44px;max-width:100%}
.line{display:block}button{font:inherit;min-height:48px;padding:.5rem 1.5rem;border-radius:8px;border:1px solid var(--tea);background:var(--tea);color:var(--on-tea);cursor:pointer}
button.quiet{background:none;color:var(--ink);border-color:var(--soft)}.act{margin-top:1.5rem}a{color:var(--tea)}nav{margin-top:3rem;display:flex;gap:1rem;flex-wrap:wrap}
nav>*{display:inline-flex;min-height:44px;align-items:center}:focus-visible{outline:3px solid var(--tea);outline-offset:2px}`

export type Shown = {
  locale: Locale
  merchant: string
  nonce: string
  /** What was just done, as the end of a message key. */
  done?: string
  link: Link
  /** Absent where nothing is known of the person any more. */
  choices?: Choices
  zone: string
}

const names: Record<Locale, string> = { 'zh-CN': '简体中文', 'zh-TW': '繁體中文', en: 'English' }
const pauses = [1, 3, 6, 12] as const

/** The page on which a customer chooses, without script. Nothing of the person stands on it but the choices: a link may be forwarded. */
export function preferencePage(shown: Shown) {
  const { locale, merchant, nonce, done, link, choices } = shown
  const t = (key: string, params?: Record<string, string | number>) => say(locale, `consent.page.${key}`, params)
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${t('title', { merchant })}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <style nonce="${nonce}">
          ${raw(style)}
        </style>
      </head>
      <body>
        <main>
          <p class="soft">${merchant}</p>
          ${done ? html`<p class="said" role="status">${t(`done.${done}`, { merchant })}</p>` : ''}
          ${choices ? html`${actOf(shown, t)}${formOf(shown, choices, t)}` : html`<h1>${t('gone')}</h1>`}
          ${link.does === 'choose' || !choices ? '' : html`<p class="soft">${t('forwarded')}</p>`}
        </main>
        <nav aria-label="${t('languages')}">
          ${locales.map((one) =>
            one === locale
              ? html`<span class="soft">${names[one]}</span>`
              : html`<a href="?lang=${one}" lang="${one}" hreflang="${one}">${names[one]}</a>`,
          )}
        </nav>
      </body>
    </html>`
}

type Say = (key: string, params?: Record<string, string | number>) => string

/** What the link is for, if it is for one thing: a button, because looking at a page must change nothing. */
function actOf({ link, locale, done }: Shown, t: Say) {
  const { does, channel, purpose } = link
  if (done || does === 'choose' || !channel || !purpose) return ''
  const what = {
    channel: say(locale, `consent.channel.${channel}`),
    purpose: say(locale, `consent.purpose.${purpose}`),
  }
  return html`<form method="post" class="act">
    <h1>${t(`${does}_title`, what)}</h1>
    <input type="hidden" name="lang" value="${locale}" />
    <button name="do" value="${does}">${t(`${does}_do`)}</button>
  </form>`
}

function formOf({ locale, merchant, zone, link, done }: Shown, choices: Choices, t: Say) {
  const until =
    choices.pausedUntil &&
    new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: zone }).format(choices.pausedUntil)
  const title = t('title', { merchant })
  return html`
    ${link.does === 'choose' || done ? html`<h1>${title}</h1>` : html`<h2>${title}</h2>`}
    <p class="soft">${t('means')}</p>
    <form method="post">
      <input type="hidden" name="lang" value="${locale}" />
      ${chosenPurposes.map((purpose) => purposeOf(purpose, choices, locale, t))}
      <p class="soft">${t('service')}</p>
      <fieldset>
        <legend>${t('how_much')}</legend>
        <label><input type="checkbox" name="less" ${choices.lessOften ? 'checked' : ''} /><span>${t('less_often')}</span></label>
        <label><input type="checkbox" name="impersonal" ${choices.impersonal ? 'checked' : ''} />
          <span>${t('impersonal')}<br /><span class="soft">${t('impersonal_means')}</span></span></label>
        <label class="line" for="pause">${t('pause')}</label>
        ${choices.paused ? html`<p class="soft">${until ? t('paused_until', { until }) : t('paused')}</p>` : ''}
        <select id="pause" name="pause">
          <option value="">${choices.paused ? t('pause_stays') : t('pause_none')}</option>
          ${pauses.map((months) => html`<option value="${months}">${t('pause_months', { months })}</option>`)}
          ${choices.paused ? html`<option value="end">${t('pause_end')}</option>` : ''}
        </select>
      </fieldset>
      <p class="act"><button name="do" value="save">${t('save')}</button></p>
    </form>
    <form method="post">
      <fieldset>
        <legend>${t('nothing')}</legend>
        <p class="soft">${t('nothing_means')}</p>
        <input type="hidden" name="lang" value="${locale}" />
        <button class="quiet" name="do" value="nothing">${t('nothing_do')}</button>
      </fieldset>
    </form>`
}

function purposeOf(purpose: Purpose, { cells }: Choices, locale: Locale, t: Say) {
  const some = cells.filter((cell) => cell.purpose === purpose)
  return html`<fieldset>
    <legend>${t(`about.${purpose}`)}</legend>
    <p class="soft">${t(`about_means.${purpose}`)}</p>
    ${some.length === 0 ? html`<p class="soft">${t('no_way')}</p>` : ''}
    ${some.map(
      ({ channel, on }) =>
        html`<label><input type="checkbox" name="yes" value="${channel}.${purpose}" ${on ? 'checked' : ''} />
          <span>${say(locale, `consent.channel.${channel}`)}</span></label>`,
    )}
  </fieldset>`
}

/** The words by which somebody chose, for the ledger: what was shown is part of the proof. */
export function wordsShown(locale: Locale, merchant: string): string {
  const keys = [
    'means',
    'about.promotion',
    'about_means.promotion',
    'about.care',
    'about_means.care',
    'service',
    'less_often',
  ]
  const more = ['impersonal', 'impersonal_means', 'pause', 'nothing', 'nothing_means']
  const lines = [...keys, ...more].map((key) => say(locale, `consent.page.${key}`))
  return [say(locale, 'consent.page.title', { merchant }), ...lines].join('\n')
}
