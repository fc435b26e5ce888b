import { implement } from '@orpc/server'
import { editedVersion, type RequestContext, tagVersion } from '#platform/http/index.ts'
import { claim, unclaim } from './claim.ts'
import { identityContract } from './contract.ts'
import { keepApart, letTogether } from './keep-apart.ts'
import { listMerges } from './list-merges.ts'
import { listProfiles } from './list-profiles.ts'
import { markOf, saveMark } from './mark.ts'
import { mergeCustomers } from './merge-customers.ts'
import { type PreviewPlug, previewMerge } from './preview-merge.ts'
import { readRules, saveRules } from './save-rules.ts'
import { split } from './split.ts'
import { undoMerge } from './undo-merge.ts'

const api = implement(identityContract).$context<RequestContext>()

/** @param previews what higher modules tell of a merge before it is made */
export function identityRouter(previews: readonly PreviewPlug[]) {
  return api.router({
    rules: api.rules.handler(async ({ context }) => {
      const read = await readRules(context)
      tagVersion(context, read.version)
      return read
    }),
    saveRules: api.saveRules.handler(async ({ context, input }) => {
      const { value, version } = await saveRules(context, input, editedVersion(context))
      tagVersion(context, version)
      return { settings: value, version }
    }),
    previewMerge: api.previewMerge.handler(({ context, input }) => previewMerge(context, input, previews)),
    merge: api.merge.handler(({ context, input: { id, from, reason } }) =>
      mergeCustomers(context, { into: id, from, reason, evidence: 'staff' }),
    ),
    merges: api.merges.handler(({ context, input }) => listMerges(context, input)),
    undoMerge: api.undoMerge.handler(({ context, input: { mergeId, apart } }) =>
      undoMerge(context, mergeId, { apart }),
    ),
    profiles: api.profiles.handler(async ({ context, input }) => ({ items: await listProfiles(context, input.id) })),
    split: api.split.handler(({ context, input }) => split(context, input)),
    keepApart: api.keepApart.handler(async ({ context, input }) => {
      await keepApart(context, input.id, input.otherId)
      return {}
    }),
    letTogether: api.letTogether.handler(async ({ context, input }) => {
      await letTogether(context, input.id, input.otherId)
      return {}
    }),
    claim: api.claim.handler(({ context, input }) => claim(context, input)),
    unclaim: api.unclaim.handler(async ({ context, input }) => {
      await unclaim(context, input)
      return {}
    }),
    mark: api.mark.handler(({ context, input }) => markOf(context, input.id)),
    saveMark: api.saveMark.handler(({ context, input }) => saveMark(context, input)),
  })
}
