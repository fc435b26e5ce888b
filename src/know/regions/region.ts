import { readFileSync } from 'node:fs'
import type { Point } from './contract.ts'

/**
 * A province, city or district of China by its code of GB/T 2260, whose digits nest: 33 is Zhejiang, 3301 Hangzhou, 330106 Xihu. Cities
 * that are provinces (Beijing) have their districts right below them; so have provinces those few counties that belong to no city.
 */
export type Region = {
  code: number
  /** As the ministry writes it: 浙江省, 恩施土家族苗族自治州. */
  name: string
  traditional: string
  /** Pinyin of the short name, by syllables: `hang zhou`. */
  syllables: string
  english: string
  /** WGS-84, degrees; of districts often not known. */
  centre?: Point
}

/** All of China; 0 stands for: not known. */
export const china = 100_000

/** 3,216 rows, read once, when first needed: 1.1 MB; their spellings (spelling.ts) 2.6 MB more. */
let table: ReadonlyMap<number, Region> | undefined

export function regions(): ReadonlyMap<number, Region> {
  table ??= new Map(
    readFileSync(new URL('regions.csv', import.meta.url), 'utf8')
      .split('\n')
      .filter((line) => line && !line.startsWith('#'))
      .map((line) => {
        const [code, name = '', traditional, syllables = '', english, latitude, longitude] = line.split(',')
        const centre = latitude ? { latitude: Number(latitude), longitude: Number(longitude) } : undefined
        const row = { name, traditional: traditional || name, syllables, english: english || latin(syllables), centre }
        return [Number(code), { code: Number(code), ...row }]
      }),
  )
  return table
}

/** `xi an` is Xi'an. */
function latin(syllables: string): string {
  const joined = syllables.split(' ').reduce((word, next) => word + (/^[aeo]/.test(next) ? `'${next}` : next))
  return joined.charAt(0).toUpperCase() + joined.slice(1)
}

export type Level = 'country' | 'province' | 'city' | 'district'

export function levelOf(code: number): Level {
  if (code === china || code >= 1_000_000) return 'country'
  if (code % 10_000 === 0) return 'province'
  return code % 100 === 0 ? 'city' : 'district'
}

/** In which region one lies next: none for a country. */
export function parentOf(code: number): number | undefined {
  const level = levelOf(code)
  if (level === 'country') return undefined
  if (level === 'province') return china
  const [province, city] = [code - (code % 10_000), code - (code % 100)]
  return level === 'district' && regions().has(city) ? city : province
}

/** The regions that one lies in, the nearest first, without itself. */
export function ancestorsOf(code: number): number[] {
  const parent = parentOf(code)
  return parent === undefined ? [] : [parent, ...ancestorsOf(parent)]
}

/** The first and the last code of what lies in a region, itself included. */
export function spanOf(code: number): [from: number, to: number] {
  if (code === china) return [china, 829_999]
  const level = levelOf(code)
  return [code, code + (level === 'province' ? 9_999 : level === 'city' ? 99 : 0)]
}

export function liesIn(code: number, region: number): boolean {
  const [from, to] = spanOf(region)
  return code >= from && code <= to
}

let codes: readonly number[] | undefined

export function regionCodes(): readonly number[] {
  codes ??= [...regions().keys()]
  return codes
}
