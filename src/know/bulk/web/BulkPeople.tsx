import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { called } from '#know/customers/web/people.ts'
import { useT } from '#web/i18n.ts'
import { useKeyset } from '#web/kit/keyset.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import type { bulkPeople } from '../contract.ts'
import { bulk } from './bulk-api.ts'

/** Whom of an act, page by page. */
export function BulkPeople(props: { id: number; state: (typeof bulkPeople)[number]; title: string; note?: string }) {
  const { id, state } = props
  const t = useT()
  const page = useKeyset(`bulk-${state}`, { id })
  const list = useQuery(
    bulk.query.people.queryOptions({
      input: { id, state, limit: 50, after: page.after },
      placeholderData: keepPreviousData,
    }),
  )
  return (
    <section className="panel" aria-label={props.title}>
      <h2>{props.title}</h2>
      {props.note && <p className="soft">{props.note}</p>}
      <Loaded of={list} rows={3}>
        {({ items, next }) => (
          <>
            <ul className="bulk-people">
              {items.map((customer) => (
                <li key={customer.id}>
                  <Link to={`/customers/${customer.id}`}>{called(customer as never)}</Link>
                </li>
              ))}
            </ul>
            {(page.previous || next) && (
              <nav className="ledger-foot" aria-label={t('web.pages')}>
                <QuietButton icon="back" disabled={!page.previous} onClick={page.previous}>
                  {t('web.previous')}
                </QuietButton>
                <QuietButton disabled={!next} onClick={() => next && page.next(next)}>
                  {t('web.next')}
                </QuietButton>
              </nav>
            )}
          </>
        )}
      </Loaded>
    </section>
  )
}
