import { useQuery } from '@tanstack/react-query'
import { useColleagues } from '#know/staff/web/people.ts'
import { PeopleLink } from '#understand/query/web/people.ts'
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
      <strong>{t(`value.q.action.${action}`)}</strong>{' '}
      <PeopleLink of={customers > 0 ? whom : null} asOf={asOf}>
        <Count value={customers} />
      </PeopleLink>
      <p className="soft">{t(`predictions.act.${action}`)}</p>
      {action !== 'wait' && owners.length > 0 && (
        <p>
          {owners.map((one, at) => (
            <span key={one.ownerId ?? 0}>
              {at > 0 && ' · '}
              {one.ownerId === null ? t('predictions.nobody') : (nameOf(one.ownerId) ?? `#${one.ownerId}`)}{' '}
              <PeopleLink of={one.customers > 0 ? one.people : null} asOf={asOf}>
                <Count value={one.customers} />
              </PeopleLink>
            </span>
          ))}
        </p>
      )}
    </li>
  )
}
