import { countryNamed } from './countries.ts'
import { china, type Level, levelOf, liesIn, regions } from './region.ts'
import { latinNamed, simplifiedText, spellingsAt } from './spelling.ts'

/** What is said of where somebody is, as it was written. */
export type Said = { country?: string; province?: string; city?: string; district?: string; address?: string }

/** The region, 0 where it is not known, and which of the texts told it. A text that contradicts a wider one is passed over. */
export function readRegion(said: Said): { code: number; by: (keyof Said)[] } {
  const country = said.country ? countryNamed(said.country) : undefined
  if (country !== undefined && country >= 1_000_000) return { code: country, by: ['country'] }
  let code = country ?? 0
  const by: (keyof Said)[] = country === undefined ? [] : ['country']
  for (const field of ['country', 'province', 'city', 'district', 'address'] as const) {
    const text = said[field]
    if (!text || (field === 'country' && country !== undefined)) continue
    const next = readText(text, code)
    if (next !== code) by.push(field)
    code = next
  }
  return { code, by }
}

/**
 * How far a text leads into a region: names from its beginning, with or without 省, 市, 区, in either writing; in Latin letters the parts
 * between commas, from either end. What fits several regions leads nowhere: 鼓楼区 is in four cities.
 * @param within what is known already; 0: nothing
 */
export function readText(text: string, within = 0): number {
  const written = simplifiedText(text).trim()
  if (/^\d{6}$/.test(written))
    return regions().has(Number(written)) && fits(Number(written), within) ? Number(written) : within
  if (!/\p{Script=Han}/u.test(written)) return readLatin(written, within)
  let at = within
  let rest = written
  for (;;) {
    rest = rest.replace(skipped, '')
    const found = step(rest, at)
    if (!found) return at
    if (found.code !== undefined) at = found.code
    rest = rest.slice(found.length)
  }
}

const skipped =
  /^([\s,，、;；:：/|·>＞—-]+|中华人民共和国|中国|市辖区|省直辖县级行政(区划|单位)|自治区直辖县级行政(区划|单位))+/

/** A short name before these is the name of a street, a park: 南京东路 is in Shanghai. */
const otherwise =
  /^([东西南北中]?[一二三四五]?(大道|大街|路|街|巷|弄|道|里)|公园|广场|医院|大学|大厦|花园|新村|小区|饭店|宾馆)/

/** What the text begins with: a region within this one, or again one that is known already. The longest name, of several the widest region. */
function step(text: string, at: number): { code?: number; length: number } | undefined {
  const known: number[] = []
  const found: { code: number; length: number }[] = []
  for (const { text: name, code, short } of spellingsAt(text)) {
    const after = text.slice(name.length)
    if (short && otherwise.test(after) && !goesOn(after, code)) continue
    const again = at !== 0 && liesIn(at, code)
    // The short name of a district may be the beginning of any word: 西湖文化广场 is not in 西湖区.
    if (short && !again && levelOf(code) === 'district' && !/^([\s,，、;；/|·]|$)/.test(after)) continue
    if (again) known.push(name.length)
    else if (fits(code, at)) found.push({ code, length: name.length })
  }
  const length = Math.max(0, ...found.map((one) => one.length))
  const repeated = Math.max(0, ...known)
  if (repeated > length) return { length: repeated }
  const longest = found.filter((one) => one.length === length).map((one) => one.code)
  // Of 伊宁市 and 伊宁县 the one that is written comes before the other in a kind of its own.
  const asWritten = longest.filter((code) => regions().get(code)?.name === text.slice(0, length))
  const code = widest(asWritten) ?? widest(longest)
  if (code === undefined) return undefined
  // 济南市中区 is 济南 and 市中区.
  const shorter = found.find((one) => one.code === code && one.length < length)
  const ends = shorter && !goesOn(text.slice(length), code) && goesOn(text.slice(shorter.length), code)
  return { code, length: ends ? shorter.length : length }
}

/** Whether the text goes on with the whole name of a region in this one. */
function goesOn(text: string, code: number): boolean {
  return spellingsAt(text).some((one) => !one.short && one.code !== code && liesIn(one.code, code))
}

function fits(code: number, within: number): boolean {
  return within === 0 || liesIn(code, within)
}

const levels: readonly Level[] = ['country', 'province', 'city', 'district']

/** The widest of some regions; none where there are two as wide. */
function widest(codes: readonly number[]): number | undefined {
  for (const level of levels) {
    const some = [...new Set(codes.filter((code) => levelOf(code) === level))]
    if (some.length > 0) return some.length === 1 ? some[0] : undefined
  }
  return undefined
}

/** 西湖区 is written Xihu District, Hangzhou, Zhejiang; or the other way round. */
function readLatin(text: string, within: number): number {
  const parts = text.split(/[,;/|\n]+/).filter((part) => part.trim())
  const [forth, back] = [parts, parts.toReversed()].map((some) =>
    some.reduce((at, part) => latinStep(part, at), within),
  )
  return levels.indexOf(levelOf(back || china)) >= levels.indexOf(levelOf(forth || china)) ? back! : forth!
}

function latinStep(part: string, at: number): number {
  if (at === 0) {
    const country = countryNamed(part)
    if (country === china) return china
  }
  return widest(latinNamed(part).filter((code) => fits(code, at) && code !== at)) ?? at
}
