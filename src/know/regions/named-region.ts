import { countryNamed, isoOf } from './countries.ts'
import { china, levelOf, liesIn, regions } from './region.ts'
import { latinNamed, simplifiedText, spellingsAt } from './spelling.ts'

/** A region of China by its code; another country by its two letters; what is known of it after them: `FR/Normandie`. */
export type Place = number | string

/**
 * What a text may name: 浙江, 杭州/西湖区, Zhejiang, France, France/Normandie. None where it names nothing, several where it is not plain which. A
 * province comes before a city of its name.
 */
export function regionsNamed(text: string): Place[] {
  const [first = '', ...rest] = text.split('/').map((part) => part.trim())
  const country = countryNamed(first)
  const letters = /^[A-Z]{2}$/.test(first) ? first : undefined
  const iso = country === undefined ? letters : isoOf(country)
  if (iso) return [rest.length > 0 ? `${iso}/${text.slice(text.indexOf('/') + 1).trim()}` : iso]
  const begins = country === china ? [china] : codesNamed(first)
  const codes = rest.reduce((within, part) => {
    const named = codesNamed(part)
    return named.filter((code) => within.some((one) => one !== code && liesIn(code, one)))
  }, begins)
  const provinces = codes.filter((code) => levelOf(code) === 'province')
  return provinces.length === 1 ? provinces : codes
}

/** By the whole of a name; who writes 西湖区 means no other 西湖. */
function codesNamed(text: string): number[] {
  const name = simplifiedText(text)
  if (!/\p{Script=Han}/u.test(name)) return [...new Set(latinNamed(name))]
  const found = spellingsAt(name).filter((one) => one.text === name)
  const exact = found.filter(({ code }) => regions().get(code)?.name === name)
  return [...new Set((exact.length > 0 ? exact : found).map(({ code }) => code))]
}
