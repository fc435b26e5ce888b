import type { Shown } from '../contract.ts'

/** The house's own page: what a shopkeeper asks first. */
export const houseShows: Shown[] = [
  { show: 'picture', picture: 'revenue', wide: true },
  { show: 'picture', picture: 'repurchase', wide: false },
  { show: 'picture', picture: 'retention', wide: false },
  { show: 'picture', picture: 'flow', wide: true },
  { show: 'picture', picture: 'migration', wide: true },
]
