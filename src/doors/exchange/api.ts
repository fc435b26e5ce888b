import { implement } from '@orpc/server'
import { editedVersion, type RequestContext, tagVersion } from '#platform/http/index.ts'
import { Refusal } from '#platform/refusal.ts'
import { exchangeContract } from './contract.ts'
import { inspect, lookAgain, usePreset } from './inspect.ts'
import { getImport, listImports } from './list-imports.ts'
import { listPresets, removePreset, savePreset } from './presets.ts'
import { listLeftovers, listProblems } from './problems.ts'
import { start } from './start.ts'
import { cancelImport, removeImport, startUndo } from './steer.ts'

const api = implement(exchangeContract).$context<RequestContext>()

async function shown(ctx: RequestContext, id: number) {
  const one = await getImport(ctx, id)
  tagVersion(ctx, one.version)
  return one
}

export const exchangeRouter = api.router({
  list: api.list.handler(({ context, input }) => listImports(context, input)),
  get: api.get.handler(({ context, input }) => shown(context, input.id)),
  inspect: api.inspect.handler(({ context, input }) => inspect(context, input.id)),
  look: api.look.handler(({ context, input }) => lookAgain(context, input)),
  usePreset: api.usePreset.handler(({ context, input }) => usePreset(context, editedVersion(context), input)),
  run: api.run.handler(async ({ context, input }) => {
    await start(context, input.id, input.goal)
    return shown(context, input.id)
  }),
  cancel: api.cancel.handler(async ({ context, input }) => {
    await cancelImport(context, input.id)
    return shown(context, input.id)
  }),
  undo: api.undo.handler(async ({ context, input }) => {
    await startUndo(context, input.id)
    return shown(context, input.id)
  }),
  leftovers: api.leftovers.handler(({ context, input }) => listLeftovers(context, input)),
  problems: api.problems.handler(({ context, input }) => listProblems(context, input)),
  remove: api.remove.handler(async ({ context, input }) => {
    await removeImport(context, input.id)
    return {}
  }),
  presets: api.presets.handler(async ({ context }) => ({ items: await listPresets(context) })),
  savePreset: api.savePreset.handler(({ context, input }) => {
    if (input.code !== input.preset.code) throw new Refusal('invalid', 'exchange.preset_code', { code: input.code })
    return savePreset(context, input.preset, input.version)
  }),
  removePreset: api.removePreset.handler(async ({ context, input }) => {
    await removePreset(context, input.code)
    return {}
  }),
})
