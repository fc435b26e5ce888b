import { type MutationStatus, useMutation, useQueryClient } from '@tanstack/react-query'
import { problemOf } from '#web/problem-error.ts'
import type { Inspection, OneImport, Preset, Target } from '../contract.ts'
import { exchange } from './exchange-api.ts'
import { afterColumn, withColumn } from './mapping.ts'

/** How a file is understood, and how to correct it. Each correction is kept at once, so that a reload loses nothing. */
export type Understanding = {
  setColumn: (target: Target, column: string | undefined) => void
  setPreset: (preset: Preset) => void
  error: unknown
  status: MutationStatus
  /** After somebody else's change: shows theirs. */
  load: () => Promise<unknown>
}

/**
 * Corrections go to the server one after the other, each from the version that the one before it made; the page shows them before
 * they have arrived.
 */
export function useUnderstanding(one: Pick<OneImport, 'id'>): Understanding {
  const { id } = one
  const queries = useQueryClient()
  const oneKey = exchange.query.get.queryKey({ input: { id } })
  const seenKey = exchange.query.inspect.queryKey({ input: { id } })
  const mutationKey = ['exchange.understanding', id]

  const edit = useMutation({
    mutationKey,
    scope: { id: `exchange.understanding.${id}` },
    mutationFn: async ({ preset }: { preset: Preset; seen?: Inspection }) => {
      const version = queries.getQueryData<OneImport>(oneKey)?.version
      // biome-ignore lint/correctness/useHookAtTopLevel: an endpoint of this name, no hook
      const seen = await exchange.call.usePreset({ id, preset }, { context: { ifMatch: version } })
      return { seen, now: await exchange.call.get({ id }) }
    },
    async onMutate({ preset, seen }) {
      await Promise.all([oneKey, seenKey].map((queryKey) => queries.cancelQueries({ queryKey })))
      queries.setQueryData<OneImport>(oneKey, (old) => old && { ...old, preset })
      if (seen) queries.setQueryData<Inspection>(seenKey, seen)
    },
    onSuccess({ seen, now }) {
      const last = queries.isMutating({ mutationKey }) === 1
      queries.setQueryData<OneImport>(oneKey, (old) => (last || !old ? now : { ...now, preset: old.preset }))
      if (last) queries.setQueryData<Inspection>(seenKey, seen)
    },
    // After somebody else's change the page keeps what was chosen here until it is asked to load theirs.
    onError: (error) => (problemOf(error).status === 412 ? undefined : load()),
  })

  function load() {
    return Promise.all([oneKey, seenKey].map((queryKey) => queries.invalidateQueries({ queryKey })))
  }

  return {
    setColumn(target, column) {
      const preset = queries.getQueryData<OneImport>(oneKey)?.preset
      const seen = queries.getQueryData<Inspection>(seenKey)
      if (preset && seen)
        edit.mutate({ preset: withColumn(preset, target, column), seen: afterColumn(seen, target, column) })
    },
    setPreset: (preset) => edit.mutate({ preset }),
    error: edit.error,
    status: edit.status,
    async load() {
      await load()
      edit.reset()
    },
  }
}
