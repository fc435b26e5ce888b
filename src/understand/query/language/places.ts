import { ancestorsOf, countryCode, countryName, regionName, regionsNamed } from '#know/regions/index.ts'
import { textWritten } from './written.ts'

type Place = number | string

/** A place of a `region` condition as it is read again: by names of the reader's language where they are plain, else by its number or letters. */
export function placeWritten(place: Place, locale: string): string {
  const plain = placeName(place, locale)
  return plain !== undefined ? textWritten(plain) : typeof place === 'number' ? `#${place}` : textWritten(place)
}

/** The name by which a place is read again; none where there is none. */
export function placeName(place: Place, locale: string): string | undefined {
  return placesNamed(place, locale).find((name) => {
    const found = regionsNamed(name)
    return found.length === 1 && found[0] === place
  })
}

/** The shortest first: 杭州/西湖区, 浙江/杭州/西湖区; in Chinese where the reader's language does not tell it apart. */
function placesNamed(place: Place, locale: string): string[] {
  const locales = [...new Set([locale, 'zh-CN'])]
  if (typeof place === 'string') {
    const [iso = '', after] = [place.slice(0, 2), place.slice(2)]
    return locales.map((one) => countryName(countryCode(iso), one) + after)
  }
  const path = [place, ...ancestorsOf(place)]
  // Beside its name a district has the city's: 西湖区 is in two cities.
  const least = place % 100 > 0 ? 2 : 1
  return locales.flatMap((one) =>
    [least, least + 1]
      .filter((length) => length <= path.length)
      .map((length) =>
        path
          .slice(0, length)
          .reverse()
          .map((code) => regionName(code, one))
          .join('/'),
      ),
  )
}

/** What a reader calls a place: 杭州西湖区; Xihu, Hangzhou. */
export function placeSaid(place: Place, locale: string): string {
  if (typeof place === 'string') {
    const country = countryName(countryCode(place.slice(0, 2)), locale)
    return place.length > 2 ? `${country} ${place.slice(3)}` : country
  }
  const path = [place, ...(place % 100 > 0 ? ancestorsOf(place).slice(0, 1) : [])].map((one) => regionName(one, locale))
  return locale.startsWith('zh') ? path.reverse().join('') : path.join(', ')
}
