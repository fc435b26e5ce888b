import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useT } from '#web/i18n.ts'
import { notify } from '#web/kit/notice.tsx'
import type { OneImport } from '../contract.ts'
import { exchange } from './exchange-api.ts'

/** What can be done with an import as a whole. Each answer is the import as it stands then. */
export function useImportSteps({ id }: Pick<OneImport, 'id'>) {
  const t = useT()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const onSuccess = (now: OneImport) => {
    queries.setQueryData(exchange.query.get.queryKey({ input: { id } }), now)
    return queries.invalidateQueries({ queryKey: exchange.query.list.key() })
  }
  const run = useMutation({
    mutationFn: async (goal: 'compared' | 'applied') => {
      // A correction that is still on its way comes first.
      await settled(() => queries.isMutating({ mutationKey: ['exchange.understanding', id] }) > 0)
      return exchange.call.run({ id, goal })
    },
    onSuccess,
  })
  const cancel = useMutation({ mutationFn: () => exchange.call.cancel({ id }), onSuccess })
  const undo = useMutation({ mutationFn: () => exchange.call.undo({ id }), onSuccess })
  const remove = useMutation({
    mutationFn: () => exchange.call.remove({ id }),
    onSuccess() {
      notify(t('exchange.page.forgotten'))
      void navigate({ to: '/import' })
      return queries.invalidateQueries({ queryKey: exchange.query.list.key() })
    },
  })
  return { run, cancel, undo, remove }
}

export type ImportSteps = ReturnType<typeof useImportSteps>

async function settled(busy: () => boolean): Promise<void> {
  while (busy()) await new Promise((resolve) => setTimeout(resolve, 50))
}
