import { plain } from './name-parts.ts'

/** The numbers of an address in their order, joined, and its words: 人民南路四段27号3栋501 is 27-3-501 and 人民南路四段号栋. */
export function addressParts(text: string): { number: string; street: string } {
  const folded = text.normalize('NFKC').toLowerCase()
  const numbers = folded.match(/\d+[a-z]?(?![a-z])/gu) ?? []
  return {
    number: numbers.join('-'),
    street: plain(folded.replace(/\d+[a-z]?(?![a-z])/gu, ' ').replace(/[号號栋棟室楼樓单單元层層]/gu, ' ')),
  }
}

/** An address without the place that is told beside it: 上海市浦东新区世纪大道1号 in 上海 is 世纪大道1号. */
export function withoutPlace(address: string, places: readonly (string | null | undefined)[]): string {
  let rest = address.trim()
  for (const place of places) {
    if (!place) continue
    const bare = place.replace(/[省市区區县縣]$/u, '')
    if (bare.length >= 2 && rest.startsWith(bare)) rest = rest.slice(bare.length).replace(/^[省市区區县縣]/u, '')
  }
  return rest
}
