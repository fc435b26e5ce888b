import { implement } from '@orpc/server'
import { editedVersion, type RequestContext, tagVersion } from '#platform/http/index.ts'
import { type Tag, tagsContract } from './contract.ts'
import { giveTag, takeTag } from './give-tag.ts'
import { addTag, editTag, mergeTags, removeTag, takeOutTag } from './keep-tags.ts'
import { tagsOf } from './tag.ts'
import { tagsOfCustomer, tagsOfMany } from './tags-of.ts'

const api = implement(tagsContract).$context<RequestContext>()

async function tagged(ctx: RequestContext, answer: Promise<Tag>): Promise<Tag> {
  const tag = await answer
  tagVersion(ctx, tag.version)
  return tag
}

export const tagsRouter = api.router({
  list: api.list.handler(async ({ context }) => ({ items: await tagsOf(context) })),
  add: api.add.handler(({ context, input }) => tagged(context, addTag(context, input))),
  edit: api.edit.handler(({ context, input }) => tagged(context, editTag(context, editedVersion(context), input))),
  remove: api.remove.handler(async ({ context, input }) => {
    await removeTag(context, input.id)
    return {}
  }),
  merge: api.merge.handler(({ context, input }) => tagged(context, mergeTags(context, input))),
  takeOut: api.takeOut.handler(({ context, input }) => tagged(context, takeOutTag(context, input))),
  ofCustomer: api.ofCustomer.handler(async ({ context, input }) => ({
    items: await tagsOfCustomer(context, input.id),
  })),
  give: api.give.handler(async ({ context, input }) => ({ items: await giveTag(context, input) })),
  take: api.take.handler(async ({ context, input }) => ({ items: await takeTag(context, input) })),
  ofMany: api.ofMany.handler(async ({ context, input }) => ({ items: await tagsOfMany(context, input.ids) })),
})
