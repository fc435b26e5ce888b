import { z } from 'zod'
import { endpoint } from '#platform/contract/index.ts'

export const regionShape = z.object({
  code: z.int().describe('of GB/T 2260; what lies in a region begins with its digits'),
  name: z.string().describe('in your language'),
  parent: z.int().optional().describe('the region it lies in'),
  search: z.string().describe('what it is found by: its pinyin, the first letters of that, its whole name'),
  centre: z.object({ latitude: z.number(), longitude: z.number() }).optional().describe('WGS-84; where it is known'),
})
export type RegionShown = z.infer<typeof regionShape>

export const regionsContract = {
  list: endpoint({
    method: 'GET',
    path: '/regions',
    summary: 'The provinces, cities and districts of China',
    tag: 'Customers',
    may: 'shops.read',
    scope: 'none',
    input: z.object({}),
    output: z.object({ items: z.array(regionShape) }),
  }),
}
