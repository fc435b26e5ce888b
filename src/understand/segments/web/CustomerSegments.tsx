import './segments.css'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Condition } from '#understand/query/contract.ts'
import { useT } from '#web/i18n.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { Why } from '#web/kit/Why.tsx'
import { answers } from '../contract.ts'
import { Reasons } from './Reasons.tsx'
import { segments } from './segments-api.ts'

/** The segments that a customer is in, each with why; below, those she is not in, with why not. */
export function CustomerSegments({ id }: { id: number }) {
  const t = useT()
  const found = useQuery(segments.query.ofCustomer.queryOptions({ input: { id } }))
  return (
    <Loaded of={found} rows={2}>
      {({ items, left }) => (
        <>
          {items.length === 0 && <p className="soft">{t('segments.none_yet')}</p>}
          {answers.map((answer) => {
            const some = items.filter((one) => one.answer === answer)
            if (some.length === 0) return null
            return (
              <div key={answer}>
                <h3>{t(`segments.customer.${answer}`)}</h3>
                <ul className="customer-segments">
                  {some.map((one) => (
                    <li key={one.id}>
                      <Link to="/segments/$id" params={{ id: String(one.id) } as never}>
                        {one.name}
                      </Link>
                      <Why of={one.name}>
                        <Reasons customerId={id} question={one.question as Condition} />
                      </Why>
                    </li>
                  ))}
                </ul>
              </div>
            )
          })}
          {left > 0 && <p className="soft">{t('segments.left_out', { left })}</p>}
        </>
      )}
    </Loaded>
  )
}
