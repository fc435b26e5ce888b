import { useMutation, useQueryClient } from '@tanstack/react-query'
import { customers } from '#know/customers/web/people.ts'
import { useT } from '#web/i18n.ts'
import { notify } from '#web/kit/notice.tsx'
import type { PromiseRow } from '../contract.ts'
import { talks } from './talks-api.ts'

/** After a change, all that shows talks and promises looks again: pages, lists, timelines. */
export function useTalksChanged(): () => Promise<unknown> {
  const queries = useQueryClient()
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: talks.query.key() }),
      queries.invalidateQueries({ queryKey: customers.query.key() }),
      queries.invalidateQueries({ queryKey: ['customers'] }),
    ])
}

type Change = { of: PromiseRow; do: 'keep' | 'drop' } | { of: PromiseRow; do: 'move'; dueOn: string }

/** Done, let go, or another day; each can be taken back where it is told. */
export function usePromiseChange() {
  const t = useT()
  const changed = useTalksChanged()
  const reopen = useMutation({
    mutationFn: (of: PromiseRow) => talks.call.open({ id: of.id }, { context: { ifMatch: of.version } }),
    onSettled: changed,
  })
  const back = useMutation({
    mutationFn: ({ of, dueOn }: { of: PromiseRow; dueOn: string }) =>
      talks.call.move({ id: of.id, dueOn }, { context: { ifMatch: of.version } }),
    onSettled: changed,
  })
  return useMutation({
    mutationFn: (change: Change) => {
      const { id, version } = change.of
      const context = { context: { ifMatch: version } }
      return change.do === 'move'
        ? talks.call.move({ id, dueOn: change.dueOn }, context)
        : talks.call.close({ id, kept: change.do === 'keep' }, context)
    },
    onSuccess(now, change) {
      const promise = now as PromiseRow
      if (change.do === 'move') {
        notify(t('talks.was_moved'), { undo: () => back.mutate({ of: promise, dueOn: change.of.dueOn }) })
      } else {
        notify(t(change.do === 'keep' ? 'talks.was_kept' : 'talks.was_dropped'), { undo: () => reopen.mutate(promise) })
      }
    },
    onSettled: changed,
  })
}
