import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useT } from '#web/i18n.ts'
import { duplicates } from './duplicates-api.ts'

/** How many pairs wait for a decision; nothing where none does. */
export function WaitingLine() {
  const t = useT()
  const { data } = useQuery(duplicates.query.count.queryOptions({ input: {}, staleTime: 60_000 }))
  if (!data?.open) return null
  return <Link to="/customers/duplicates">{t('duplicates.waiting', { count: data.open })}</Link>
}
