import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { customers } from '#know/customers/web/people.ts'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Icon } from '#web/kit/icon.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { useMay } from '#web/session.ts'
import type { Manner } from '../contract.ts'
import { MannerForm } from './MannerForm.tsx'
import { useMannerWords } from './manner-words.ts'
import { manners } from './manners-api.ts'
import './manners.css'

/** What one must know before saying anything to this person. */
export function MannersPanel({ id }: { id: number }) {
  const t = useT()
  const queries = useQueryClient()
  const mayEdit = useMay()('customers.edit')
  const words = useMannerWords()
  const [adding, setAdding] = useState(false)
  const list = useQuery(manners.query.list.queryOptions({ input: { id } }))
  const changed = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: manners.query.key() }),
      queries.invalidateQueries({ queryKey: customers.query.key() }),
    ])
  const reopen = useMutation({
    mutationFn: (of: Manner) => manners.call.reopen({ id: of.id }, { context: { ifMatch: of.version } }),
    onSettled: changed,
  })
  const end = useMutation({
    mutationFn: (of: Manner) => manners.call.end({ id: of.id }, { context: { ifMatch: of.version } }),
    onSuccess: (now) => notify(t('manners.was_ended'), { undo: () => reopen.mutate(now as Manner) }),
    onSettled: changed,
  })
  return (
    <Loaded of={list} rows={1}>
      {({ items }) => (
        <>
          {items.length === 0 && !adding && <p className="soft">{t('manners.none')}</p>}
          <ul className="manners" aria-label={t('manners.title')}>
            {(items as Manner[]).map((manner) => {
              const { what, more } = words(manner)
              return (
                <li key={manner.id} className={manner.rule === 'mind' ? undefined : 'strong'}>
                  <Icon name={manner.rule === 'mind' ? 'why' : 'warning'} size={18} />
                  <span>
                    {what} {more && <span className="soft">{more}</span>}
                  </span>
                  {mayEdit && (
                    <QuietButton
                      disabled={end.isPending}
                      aria-label={t('manners.end_this', { what })}
                      onClick={() => end.mutate(manner)}
                    >
                      {t('manners.end')}
                    </QuietButton>
                  )}
                </li>
              )
            })}
          </ul>
          <ErrorNote error={end.error ?? reopen.error} />
          {adding ? (
            <MannerForm
              save={(given) => manners.call.add({ id, ...given })}
              onDone={async () => {
                setAdding(false)
                await changed()
              }}
            />
          ) : (
            mayEdit && (
              <QuietButton icon="add" onClick={() => setAdding(true)}>
                {t('manners.add')}
              </QuietButton>
            )
          )}
        </>
      )}
    </Loaded>
  )
}
