import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { callThings } from '#web/i18n.ts'
import { useMay } from '#web/session.ts'
import { value } from './value-api.ts'

/** Shows the classes of value everywhere by what the shop calls them. Stands in the shell and shows nothing itself. */
export function ClassNames() {
  const may = useMay()
  const { data } = useQuery({
    ...value.query.names.queryOptions({ input: {}, staleTime: 300_000 }),
    enabled: may('customers.read'),
  })
  useEffect(() => {
    if (data) {
      void callThings(Object.fromEntries(Object.entries(data.names).map(([key, name]) => [`web.value.${key}`, name])))
    }
  }, [data])
  return null
}
