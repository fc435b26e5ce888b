import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { people } from '#understand/query/web/people.ts'
import { Absent, Count } from '#web/kit/values.tsx'
import { value } from './value-api.ts'

/** How many customers have a tag today; opens them. */
export function TagPeople({ id }: { id: number }) {
  const where = { is: 'tagged' as const, in: [id] }
  const count = useQuery(value.query.count.queryOptions({ input: { where } }))
  if (!count.data) return <Absent />
  const { to = '/customers', search } = people(where)
  return (
    <Link to={to} search={search as never}>
      <Count value={count.data.customers} />
    </Link>
  )
}
