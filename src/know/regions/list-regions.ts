import { centreOf } from './centre.ts'
import type { RegionShown } from './contract.ts'
import { china, parentOf, regions } from './region.ts'
import { regionName } from './region-name.ts'

/** All regions in a reader's language, each after the one it lies in. */
export function listRegions(locale: string): RegionShown[] {
  return [...regions().values()].map(({ code, name, syllables }) => {
    const parent = parentOf(code)
    const centre = centreOf(code)?.point
    const initials = syllables.replace(/(\w)\w*\s?/g, '$1')
    return {
      code,
      name: regionName(code, locale),
      ...(parent === undefined || parent === china ? {} : { parent }),
      search: `${syllables.replaceAll(' ', '')} ${initials} ${name}`,
      ...(centre ? { centre } : {}),
    }
  })
}
