import { implement } from '@orpc/server'
import { editedVersion, type RequestContext, tagVersion } from '#platform/http/index.ts'
import { addProduct } from './add-product.ts'
import { archiveProduct } from './archive-product.ts'
import { catalogContract, type Product } from './contract.ts'
import { editProduct } from './edit-product.ts'
import { listChanges } from './list-changes.ts'
import { listCategories, listProducts } from './list-products.ts'
import { productOf } from './product.ts'
import { removeProduct } from './remove-product.ts'

const api = implement(catalogContract).$context<RequestContext>()

function tagged(ctx: RequestContext, product: Product): Product {
  tagVersion(ctx, product.version)
  return product
}

export const catalogRouter = api.router({
  list: api.list.handler(({ context, input }) => listProducts(context, input)),
  categories: api.categories.handler(async ({ context }) => ({ items: await listCategories(context) })),
  get: api.get.handler(async ({ context, input }) => tagged(context, await productOf(context, input.id))),
  changes: api.changes.handler(({ context, input }) => listChanges(context, input)),
  add: api.add.handler(async ({ context, input }) => tagged(context, await addProduct(context, input))),
  edit: api.edit.handler(async ({ context, input }) =>
    tagged(context, await editProduct(context, editedVersion(context), input)),
  ),
  archive: api.archive.handler(async ({ context, input }) =>
    tagged(context, await archiveProduct(context, editedVersion(context), input)),
  ),
  remove: api.remove.handler(async ({ context, input }) => {
    await removeProduct(context, input.id)
    return {}
  }),
})
