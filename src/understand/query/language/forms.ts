import type { Form } from './form.ts'
import { behaviour } from './forms/behaviour.ts'
import { birthday } from './forms/birthday.ts'
import { came } from './forms/came.ts'
import { distance } from './forms/distance.ts'
import { foretold } from './forms/foretold.ts'
import { lists } from './forms/lists.ts'
import { moved } from './forms/moved.ts'
import { orders } from './forms/orders.ts'
import { own } from './forms/own.ts'
import { path } from './forms/path.ts'
import { plain } from './forms/plain.ts'
import { record } from './forms/record.ts'
import { region } from './forms/region.ts'

/** All kinds of conditions, as they are written and read. */
export const forms: readonly Form[] = [
  ...lists,
  ...plain,
  ...birthday,
  ...orders,
  ...behaviour,
  ...foretold,
  ...distance,
  ...record,
  came,
  moved,
  path,
  own,
  region,
]
