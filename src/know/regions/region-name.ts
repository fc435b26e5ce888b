import { countryName } from './countries.ts'
import { ancestorsOf, china, levelOf, regions } from './region.ts'
import { shortName } from './short-name.ts'

/** What a reader calls a region: 浙江, 西湖区, Hangzhou. Districts keep their kind in Chinese: 朝阳 is a city too. */
export function regionName(code: number, locale: string): string {
  const region = regions().get(code)
  if (!region) return countryName(code, locale)
  if (locale === 'en') return region.english
  const name = locale === 'zh-TW' ? region.traditional : region.name
  if (levelOf(code) === 'district') return name
  return name.slice(0, shortName(region.name).length)
}

/** A region with those it lies in, the widest first: 浙江 杭州 西湖区. */
export function regionPath(code: number, locale: string): string[] {
  const path = [code, ...ancestorsOf(code).filter((one) => one !== china)].reverse()
  return path.map((one) => regionName(one, locale))
}
