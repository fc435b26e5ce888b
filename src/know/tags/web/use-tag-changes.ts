import { useMutation, useQueryClient } from '@tanstack/react-query'
import { customers } from '#know/customers/web/people.ts'
import { useT } from '#web/i18n.ts'
import { notify } from '#web/kit/notice.tsx'
import { tags } from './tags-api.ts'

export type Giving = { tagId: number; reason?: string; until?: string }

/** Gives and takes tags of a customer by hand; each is told and can be taken back. */
export function useTagChanges(id: number) {
  const t = useT()
  const queries = useQueryClient()
  const changed = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: tags.query.key() }),
      queries.invalidateQueries({ queryKey: customers.query.key() }),
      queries.invalidateQueries({ queryKey: ['customers'] }),
    ])
  const give = useMutation({
    mutationFn: ({ name: _name, ...giving }: Giving & { name: string; quiet?: boolean }) =>
      tags.call.give({ id, tagId: giving.tagId, reason: giving.reason, until: giving.until }),
    onSuccess(_items, { tagId, name, quiet }) {
      if (!quiet) notify(t('tags.was_given', { name }), { undo: () => take.mutate({ tagId, name, quiet: true }) })
    },
    onSettled: changed,
  })
  const take = useMutation({
    mutationFn: ({ tagId }: { tagId: number; name: string; quiet?: boolean }) => tags.call.take({ id, tagId }),
    onSuccess(_items, { tagId, name, quiet }) {
      if (!quiet) notify(t('tags.was_taken', { name }), { undo: () => give.mutate({ tagId, name, quiet: true }) })
    },
    onSettled: changed,
  })
  /** A tag of this name, made at once. */
  const make = useMutation({
    mutationFn: (name: string) => tags.call.add({ name }),
    onSettled: () => queries.invalidateQueries({ queryKey: tags.query.list.key() }),
  })
  return { give, take, make, error: give.error ?? take.error ?? make.error }
}
