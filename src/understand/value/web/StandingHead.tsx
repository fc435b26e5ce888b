import { useQuery } from '@tanstack/react-query'
import { StageMark } from '#web/kit/StageMark.tsx'
import { ValueMark } from '#web/kit/ValueMark.tsx'
import { value } from './value-api.ts'

/** Stage and class beside a customer's name. */
export function StandingHead({ id }: { id: number }) {
  const { data } = useQuery(value.query.standing.queryOptions({ input: { id } }))
  if (!data) return null
  return (
    <span className="standing-head">
      <StageMark stage={data.isNew ? 'new' : data.stage} /> {data.valueClass && <ValueMark value={data.valueClass} />}
    </span>
  )
}
