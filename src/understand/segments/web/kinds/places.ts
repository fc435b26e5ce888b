import { type KindOf, sure } from '../condition-parts.ts'

/** Where people are. */
export const places = {
  region: { begin: { is: 'region', in: [] }, parts: [{ part: 'regions', key: 'in' }, sure] },
  distance: {
    begin: { is: 'distance', atMost: 5 },
    parts: [
      { part: 'among', key: 'to', of: { list: 'shop' }, label: 'to_shops', more: true },
      { part: 'range', from: 'atLeast', to: 'atMost', unit: 'any', label: 'kilometres' },
      { part: 'note', key: 'segments.note.distance' },
    ],
  },
  nearest: {
    begin: { is: 'nearest', in: [] },
    parts: [
      { part: 'among', key: 'in', of: { list: 'shop' } },
      { part: 'note', key: 'segments.note.distance' },
    ],
  },
  city: { begin: { is: 'text', field: 'city', in: [] }, parts: [{ part: 'texts', key: 'in', of: 'city' }, sure] },
  province: {
    begin: { is: 'text', field: 'province', in: [] },
    parts: [{ part: 'texts', key: 'in', of: 'province' }, sure],
  },
  country: {
    begin: { is: 'text', field: 'country', in: [] },
    parts: [{ part: 'texts', key: 'in', of: 'country' }, sure],
  },
} as const satisfies Record<string, KindOf>
