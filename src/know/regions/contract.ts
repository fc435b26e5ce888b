import { z } from 'zod'
import { endpoint } from '#platform/contract/index.ts'

/** Where something is: WGS-84, degrees. */
export const pointShape = z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
export type Point = z.infer<typeof pointShape>

export { positionIn } from './position.ts'

export const regionShape = z.object({
  code: z.int().describe('of GB/T 2260; what lies in a region begins with its digits'),
  name: z.string().describe('in your language'),
  parent: z.int().optional().describe('the region it lies in'),
  search: z.string().describe('what it is found by: its pinyin, the first letters of that, its whole name'),
  centre: pointShape.optional().describe('WGS-84: its own, or where that is not known its city’s; none of provinces'),
})
export type RegionShown = z.infer<typeof regionShape>

export const regionsContract = {
  list: endpoint({
    method: 'GET',
    path: '/regions',
    summary: 'The provinces, cities and districts of China',
    tag: 'Shops',
    may: 'shops.read',
    scope: 'none',
    input: z.object({}),
    output: z.object({ items: z.array(regionShape) }),
  }),
}
