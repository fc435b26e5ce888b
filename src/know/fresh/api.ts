import { implement } from '@orpc/server'
import { editedVersion, type RequestContext, tagVersion } from '#platform/http/index.ts'
import { confirmField, doubtField, freshnessOfCustomer } from './confirm.ts'
import { freshContract } from './contract.ts'
import { saveTerms, termsOf } from './terms.ts'

const api = implement(freshContract).$context<RequestContext>()

export const freshRouter = api.router({
  ofCustomer: api.ofCustomer.handler(async ({ context, input }) => ({
    items: await freshnessOfCustomer(context, input.id),
  })),
  confirm: api.confirm.handler(async ({ context, input }) => ({ items: await confirmField(context, input) })),
  doubt: api.doubt.handler(async ({ context, input }) => ({ items: await doubtField(context, input) })),
  terms: api.terms.handler(async ({ context }) => {
    const { value, version } = await termsOf(context)
    tagVersion(context, version)
    return { ...value, version }
  }),
  saveTerms: api.saveTerms.handler(async ({ context, input }) => {
    const { value, version } = await saveTerms(context, editedVersion(context), input)
    tagVersion(context, version)
    return { ...value, version }
  }),
})
