import { implement } from '@orpc/server'
import { editedVersion, type RequestContext, tagVersion } from '#platform/http/index.ts'
import { addPlace } from './add-place.ts'
import { shopsContract } from './contract.ts'
import { editMerchant, isFixed } from './edit-merchant.ts'
import { editPlace } from './edit-place.ts'
import { listPlaces } from './list-places.ts'
import { merchantOf } from './merchant.ts'
import { removePlace } from './remove-place.ts'

const api = implement(shopsContract).$context<RequestContext>()

/** Gives a row and marks the answer with its version. */
async function tagged<T extends { version: number }>(ctx: RequestContext, row: Promise<T>): Promise<T> {
  const found = await row
  tagVersion(ctx, found.version)
  return found
}

async function gone(work: Promise<void>) {
  await work
  return {}
}

export const shopsRouter = api.router({
  merchant: api.merchant.handler(async ({ context }) => ({
    ...(await tagged(context, merchantOf(context))),
    fixed: await isFixed(context),
  })),
  editMerchant: api.editMerchant.handler(({ context, input }) =>
    tagged(context, editMerchant(context, input, editedVersion(context))),
  ),

  list: api.list.handler(async ({ context }) => ({ items: await listPlaces(context, 'shops') })),
  add: api.add.handler(({ context, input }) => tagged(context, addPlace(context, 'shops', input))),
  edit: api.edit.handler(({ context, input: { id, ...change } }) =>
    tagged(context, editPlace(context, 'shops', id, change, editedVersion(context))),
  ),
  remove: api.remove.handler(({ context, input }) => gone(removePlace(context, 'shops', input.id))),

  channels: api.channels.handler(async ({ context }) => ({ items: await listPlaces(context, 'channels') })),
  addChannel: api.addChannel.handler(({ context, input }) => tagged(context, addPlace(context, 'channels', input))),
  editChannel: api.editChannel.handler(({ context, input: { id, ...change } }) =>
    tagged(context, editPlace(context, 'channels', id, change, editedVersion(context))),
  ),
  removeChannel: api.removeChannel.handler(({ context, input }) => gone(removePlace(context, 'channels', input.id))),

  brands: api.brands.handler(async ({ context }) => ({ items: await listPlaces(context, 'brands') })),
  addBrand: api.addBrand.handler(({ context, input }) => tagged(context, addPlace(context, 'brands', input))),
  editBrand: api.editBrand.handler(({ context, input: { id, ...change } }) =>
    tagged(context, editPlace(context, 'brands', id, change, editedVersion(context))),
  ),
  removeBrand: api.removeBrand.handler(({ context, input }) => gone(removePlace(context, 'brands', input.id))),
})
