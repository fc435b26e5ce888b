import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useColleagues } from '#know/staff/web/people.ts'
import { people } from '#understand/query/web/people.ts'
import { useT } from '#web/i18n.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { Count } from '#web/kit/values.tsx'
import type { ToDo as Item } from '../contract.ts'
import { predictions } from './predictions-api.ts'

/** Whom to call, help or let go, and who does it; each number opens its people. */
export function ToDo() {
  const t = useT()
  const found = useQuery(predictions.query.toDo.queryOptions({ input: {} }))
  return (
    <section className="panel" aria-labelledby="to-do">
      <h2 id="to-do">{t('predictions.to_do')}</h2>
      <p className="soft">{t('predictions.to_do_means')}</p>
      <Loaded of={found} rows={5}>
        {({ asOf, items }) => (
          <ul className="to-do">
            {(items as Item[]).map((one) => (
              <Act key={one.action} of={one} asOf={asOf} />
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  )
}

function Act({ of: { action, customers, people: whom, owners }, asOf }: { of: Item; asOf: string }) {
  const t = useT()
  const { nameOf } = useColleagues()
  return (
    <li>
      <strong>{t(`value.q.action.${action}`)}</strong> <Behind count={customers} of={whom} asOf={asOf} />
      <p className="soft">{t(`predictions.act.${action}`)}</p>
      {action !== 'wait' && owners.length > 0 && (
        <p>
          {owners.map((one, at) => (
            <span key={one.ownerId ?? 0}>
              {at > 0 && ' · '}
              {one.ownerId === null ? t('predictions.nobody') : (nameOf(one.ownerId) ?? `#${one.ownerId}`)}{' '}
              <Behind count={one.customers} of={one.people} asOf={asOf} />
            </span>
          ))}
        </p>
      )}
    </li>
  )
}

function Behind({ count, of, asOf }: { count: number; of: Item['people']; asOf: string }) {
  const { to, search } = people(count > 0 ? of : null, asOf)
  if (!to) return <Count value={count} />
  return (
    <Link to={to} search={search as never}>
      <Count value={count} />
    </Link>
  )
}
