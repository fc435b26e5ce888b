import type { Brand, Channel, Shop } from '../contract.ts'
import { shops } from './shops-api.ts'

/** A shop, a channel or a brand, whose pages are the same but for a field or two. */
export type PlaceName = 'shops' | 'channels' | 'brands'
export type PlaceValues = Partial<Pick<Shop, 'channelId' | 'brandId' | 'position'> & Pick<Channel, 'kind'>> & {
  name: string
  code?: string
}
export type PlaceShown = Brand & Partial<Shop> & Partial<Channel>

type Calls = {
  list: () => Promise<{ items: PlaceShown[] }>
  add: (values: PlaceValues) => Promise<PlaceShown>
  edit: (id: number, change: Partial<PlaceValues> & { archived?: boolean }, version: number) => Promise<PlaceShown>
  remove: (id: number) => Promise<unknown>
}

const { call } = shops

/** The endpoints of each kind of place. */
export const callsOf: Record<PlaceName, Calls> = {
  shops: {
    list: () => call.list({}),
    add: (values) => call.add(values),
    edit: (id, change, ifMatch) => call.edit({ id, ...change }, { context: { ifMatch } }),
    remove: (id) => call.remove({ id }),
  },
  channels: {
    list: () => call.channels({}),
    add: ({ kind = 'other', ...values }) => call.addChannel({ ...values, kind }),
    edit: (id, change, ifMatch) => call.editChannel({ id, ...change }, { context: { ifMatch } }),
    remove: (id) => call.removeChannel({ id }),
  },
  brands: {
    list: () => call.brands({}),
    add: (values) => call.addBrand(values),
    edit: (id, change, ifMatch) => call.editBrand({ id, ...change }, { context: { ifMatch } }),
    remove: (id) => call.removeBrand({ id }),
  },
}

/** The list of a kind of place, under the same key as the module's other questions. */
export function listOf(place: PlaceName) {
  return { queryKey: [...shops.query.key(), 'places', place], queryFn: () => callsOf[place].list() }
}
