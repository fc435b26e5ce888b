import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'

/** A product is in the catalog. Subject: the product. */
export const catalogAdded = fact('catalog.added', z.object({}))

/** Fields of a product changed: their names, without the values (a cost is not everybody's to see). Subject: the product. */
export const catalogChanged = fact('catalog.changed', z.object({ fields: z.array(z.string()) }))

/** A product that nothing used was deleted. Subject: the id it had. */
export const catalogRemoved = fact('catalog.removed', z.object({ code: z.string() }))
