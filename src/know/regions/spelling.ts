import { levelOf, type Region, regions } from './region.ts'
import { shortName } from './short-name.ts'

/** How a region is written: the whole name, or the short one, which other words may begin with too. */
export type Spelling = { text: string; code: number; short: boolean }

type Index = {
  /** By the first two letters. */
  han: ReadonlyMap<string, readonly Spelling[]>
  latin: ReadonlyMap<string, readonly number[]>
  simplified: ReadonlyMap<string, string>
}

let index: Index | undefined

function indexed(): Index {
  index ??= made()
  return index
}

/** What people write after a short name, beside what the ministry does: 萧山市 as it was, 延边州. */
const kindsOf = {
  country: [],
  province: ['省', '市'],
  city: ['市', '地区', '州', '盟'],
  district: ['区', '县', '市', '旗', '新区'],
}

function made(): Index {
  const han = new Map<string, Spelling[]>()
  const latin = new Map<string, number[]>()
  const simplified = new Map<string, string>()
  const written = new Set([...regions().values()].flatMap(({ name }) => [...name]))
  for (const region of regions().values()) {
    for (const spelling of spellingsOf(region)) put(han, spelling.text.slice(0, 2), spelling)
    for (const name of latinOf(region)) put(latin, name, region.code)
    const letters = [...region.traditional]
    for (const [at, letter] of [...region.name].entries()) {
      if (letters[at] && !written.has(letters[at])) simplified.set(letters[at], letter)
    }
  }
  return { han, latin, simplified }
}

function spellingsOf({ code, name }: Region): Spelling[] {
  const short = shortName(name)
  // 吉林市 is not the province, 海南区 not either.
  const kinds = levelOf(code) === 'province' && !/^(..|黑龙江)[省市]$/.test(name) ? [] : kindsOf[levelOf(code)]
  const own = levelOf(code) === 'province' && name.endsWith('省') ? ['省'] : kinds
  const whole = new Set([name, ...(short === name ? [] : own.map((kind) => short + kind))])
  return [
    ...[...whole].map((text) => ({ text, code, short: false })),
    ...(short === name ? [] : [{ text: short, code, short: true }]),
  ]
}

function latinOf({ code, syllables, english }: Region): Set<string> {
  // Pinyin does not tell 陕西 from 山西; English does.
  return new Set([lettersOf(english), ...(code === 610_000 ? [] : [syllables.replaceAll(' ', '')])])
}

function put<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

/** The letters of a Latin name, without accents and signs. */
function lettersOf(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]/g, '')
}

const latinKinds =
  /\b(province|municipality|prefecture|city|district|county|new area|autonomous region|sheng|shi|qu|xian)\s*$/i

/** The regions of a Latin name, with or without its kind: Hangzhou, Hangzhou City, XIHU DISTRICT. */
export function latinNamed(text: string): readonly number[] {
  const { latin } = indexed()
  return latin.get(lettersOf(text)) ?? latin.get(lettersOf(text.trim().replace(latinKinds, ''))) ?? []
}

/** The spellings that a text in Chinese begins with. */
export function spellingsAt(text: string): Spelling[] {
  return (indexed().han.get(text.slice(0, 2)) ?? []).filter((one) => text.startsWith(one.text))
}

/** In simplified writing, as far as names of regions go, with plain letters for wide ones. */
export function simplifiedText(text: string): string {
  const { simplified } = indexed()
  return text.normalize('NFKC').replace(/\p{Script=Han}/gu, (letter) => simplified.get(letter) ?? letter)
}
