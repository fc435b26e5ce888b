import { implement } from '@orpc/server'
import { editedVersion, type RequestContext, tagVersion } from '#platform/http/index.ts'
import { lifecycleContract } from './contract.ts'
import { flowOf } from './flow.ts'
import { previewThresholds } from './preview.ts'
import { defaultThresholds } from './stage.ts'
import { saveThresholds, thresholdsOf } from './thresholds.ts'
import { transitionsOf } from './transitions.ts'

const api = implement(lifecycleContract).$context<RequestContext>()

export const lifecycleRouter = api.router({
  thresholds: api.thresholds.handler(async ({ context }) => {
    const { value, version } = await thresholdsOf(context)
    tagVersion(context, version)
    return { thresholds: value, defaults: defaultThresholds, version }
  }),
  saveThresholds: api.saveThresholds.handler(async ({ context, input }) => {
    const { value, version } = await saveThresholds(context, input, editedVersion(context))
    tagVersion(context, version)
    return { thresholds: value, version }
  }),
  preview: api.preview.handler(({ context, input }) => previewThresholds(context, input)),
  flow: api.flow.handler(({ context, input }) => flowOf(context, input)),
  transitions: api.transitions.handler(async ({ context, input }) => ({ moves: await transitionsOf(context, input) })),
})
