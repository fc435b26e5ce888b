import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { notify } from '#web/kit/notice.tsx'
import { problemOf } from '#web/problem-error.ts'
import type { CustomerPage } from '../contract.ts'
import { customers } from './customers-api.ts'

/** A change to make, from the version that the person saw when beginning it. */
type Change = (call: { ifMatch: number }) => Promise<CustomerPage>

export type CustomerEdits = {
  saving: boolean
  error: unknown
  /** Somebody else was first: as it stood when the change was begun, and as it stands now. */
  conflict: { before: CustomerPage; now: CustomerPage } | undefined
  /** Makes a change against `seen`; with words, tells that it is done and offers to undo it. */
  make: (change: Change, seen: CustomerPage, done?: string) => Promise<boolean>
  forget: () => void
}

/** Changes of one customer: answers go into the page at once, a conflict is kept with both sides. */
export function useCustomerEdits(id: number): CustomerEdits {
  const t = useT()
  const queries = useQueryClient()
  const [conflict, setConflict] = useState<CustomerEdits['conflict']>()
  const key = customers.query.get.queryKey({ input: { id } })

  async function show(customer: CustomerPage): Promise<void> {
    queries.setQueryData(key, customer as never)
    await Promise.all([
      queries.invalidateQueries({ queryKey: customers.query.changes.key() }),
      queries.invalidateQueries({ queryKey: customers.query.timeline.key() }),
      queries.invalidateQueries({ queryKey: customers.query.list.key() }),
      queries.invalidateQueries({ queryKey: customers.query.search.key() }),
    ])
  }

  async function undo(after: CustomerPage): Promise<void> {
    try {
      const { items } = await customers.call.changes({ id, limit: 1 })
      if (!items[0]) return
      const back = await customers.call.undo({ id, changeId: items[0].id }, { context: { ifMatch: after.version } })
      await show(back as CustomerPage)
    } catch (error) {
      notify(problemOf(error).title || t('web.refused'))
    }
  }

  const mutation = useMutation({
    mutationFn: ({ change, seen }: { change: Change; seen: CustomerPage; done?: string }) =>
      change({ ifMatch: seen.version }),
    async onSuccess(customer, { seen, done }) {
      setConflict(undefined)
      if (done && customer.version !== seen.version) notify(done, { undo: () => undo(customer) })
      await show(customer)
    },
    async onError(error, { seen }) {
      if (problemOf(error).status !== 412) return
      const now = (await customers.call.get({ id })) as CustomerPage
      queries.setQueryData(key, now as never)
      setConflict({ before: seen, now })
    },
  })

  return {
    saving: mutation.isPending,
    error: mutation.error && problemOf(mutation.error).status !== 412 ? mutation.error : undefined,
    conflict,
    make: (change, seen, done) =>
      mutation.mutateAsync({ change, seen, done }).then(
        () => true,
        () => false,
      ),
    forget() {
      setConflict(undefined)
      mutation.reset()
    },
  }
}
