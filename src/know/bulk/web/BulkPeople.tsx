import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { called } from '#know/customers/web/people.ts'
import { useT } from '#web/i18n.ts'
import { useKeyset } from '#web/kit/keyset.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { PageTurns } from '#web/kit/PageTurns.tsx'
import type { bulkPeople } from '../contract.ts'
import { bulk } from './bulk-api.ts'

/** Whom of an act, page by page. */
export function BulkPeople(props: { id: number; state: (typeof bulkPeople)[number]; title: string; note?: string }) {
  const { id, state } = props
  const _t = useT()
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
            <PageTurns page={page} next={next} />
          </>
        )}
      </Loaded>
    </section>
  )
}
