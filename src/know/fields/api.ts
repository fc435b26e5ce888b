import { implement } from '@orpc/server'
import { editedVersion, type RequestContext, tagVersion } from '#platform/http/index.ts'
import { fieldsContract, type OwnField } from './contract.ts'
import { addField, editField, removeField } from './keep-fields.ts'
import { ownFieldsOf } from './own-fields.ts'

const api = implement(fieldsContract).$context<RequestContext>()

async function tagged(ctx: RequestContext, answer: Promise<OwnField>): Promise<OwnField> {
  const field = await answer
  tagVersion(ctx, field.version)
  return field
}

export const fieldsRouter = api.router({
  list: api.list.handler(async ({ context }) => ({ items: await ownFieldsOf(context) })),
  add: api.add.handler(({ context, input }) => tagged(context, addField(context, input))),
  edit: api.edit.handler(({ context, input }) => tagged(context, editField(context, editedVersion(context), input))),
  remove: api.remove.handler(async ({ context, input }) => {
    await removeField(context, input.id)
    return {}
  }),
})
