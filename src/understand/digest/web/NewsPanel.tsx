import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useLocale, useT } from '#web/i18n.ts'
import { dayText } from '#web/kit/formats.ts'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import type { Digest } from '../contract.ts'
import { digests } from './digest-api.ts'
import { WeekSaid } from './WeekSaid.tsx'

/** The news of the last week, until they are put away; then only the way to all weeks. */
export function NewsPanel(_: { id: number }) {
  const t = useT()
  const locale = useLocale()
  const queries = useQueryClient()
  const list = useQuery(digests.query.list.queryOptions({ input: {}, staleTime: 60_000 }))
  const read = useMutation({
    mutationFn: (week: string) => digests.call.read({ week }),
    onSuccess: () => queries.invalidateQueries({ queryKey: digests.query.key() }),
  })
  const last = list.data?.items[0] as Digest | undefined
  const { readUpTo = null } = list.data ?? {}
  if (!last) return <p className="soft">{t('digest.none')}</p>
  const isNews = readUpTo === null || readUpTo < last.from
  return (
    <>
      {isNews && (
        <>
          <p className="soft">{t('digest.week', { from: dayText(locale, last.from), to: dayText(locale, last.to) })}</p>
          <WeekSaid of={last} />
        </>
      )}
      <p className="note-actions">
        {isNews ? (
          <QuietButton icon="check" disabled={read.isPending} onClick={() => read.mutate(last.from)}>
            {t('digest.put_away')}
          </QuietButton>
        ) : (
          <span className="soft">{t('digest.seen')}</span>
        )}
        <Link to="/overview/weeks">{t('digest.all')}</Link>
      </p>
    </>
  )
}
