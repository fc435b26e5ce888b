import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { customers, useFieldWords } from '#know/customers/web/people.ts'
import { talks } from '#know/talks/web/people.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { instantText } from '#web/kit/formats.ts'
import { useMinute } from '#web/kit/minute.ts'
import { notify } from '#web/kit/notice.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { problemOf } from '#web/problem-error.ts'
import { useMay, useMerchant } from '#web/session.ts'
import type { FreshField } from '../contract.ts'
import { fresh } from './fresh-api.ts'
import './fresh.css'

const monthMs = 30.44 * 86_400_000

/** How old a field is, where it has a term; past it, or where it does not work, one tap says that it still holds. */
export function FreshMark({ id, field }: { id: number; field: string }) {
  const t = useT()
  const locale = useLocale()
  const zone = useMerchant()?.zone ?? 'UTC'
  const now = useMinute()
  const mayEdit = useMay()('customers.edit')
  const queries = useQueryClient()
  const { label } = useFieldWords()
  const { data } = useQuery(fresh.query.ofCustomer.queryOptions({ input: { id } }))
  const one = data?.items.find((item) => item.field === field)
  const input = { id, field: field as FreshField }
  const take = (answer: unknown, words: string) => {
    queries.setQueryData(fresh.query.ofCustomer.queryKey({ input: { id } }), answer as never)
    notify(words)
    return Promise.all([
      queries.invalidateQueries({ queryKey: talks.query.key() }),
      queries.invalidateQueries({ queryKey: customers.query.timeline.key() }),
    ])
  }
  const refused = (error: unknown) => notify(problemOf(error).title || t('web.refused'))
  const confirm = useMutation({
    mutationFn: () => fresh.call.confirm(input),
    onSuccess: (answer) => take(answer, t('fresh.was_confirmed')),
    onError: refused,
  })
  const doubt = useMutation({
    mutationFn: () => fresh.call.doubt(input),
    onSuccess: (answer) => take(answer, t('fresh.was_doubted')),
    onError: refused,
  })
  if (!one || (one.months === null && one.state === 'fresh')) return null
  const months = Math.max(0, Math.floor((now - Date.parse(one.at)) / monthMs))
  const when = instantText(locale, zone, one.at)
  const reached = field === 'phone' || field === 'email'
  const title = t(one.confirmed ? 'fresh.confirmed' : 'fresh.said', { when })
  return (
    <span className="fresh">
      <span className={one.state === 'fresh' ? 'soft' : 'late'} title={title}>
        {one.state === 'fresh' && t('fresh.age', { months })}
        {one.state === 'old' && t('fresh.old', { months })}
        {(one.state === 'bounced' || one.state === 'invalid') && t(`fresh.${one.state}`)}
      </span>
      {mayEdit && one.state !== 'fresh' && (
        <QuietButton
          disabled={confirm.isPending}
          aria-label={t('fresh.still_this', { field: label(field) })}
          onClick={() => confirm.mutate()}
        >
          {t('fresh.still')}
        </QuietButton>
      )}
      {mayEdit && reached && (one.state === 'fresh' || one.state === 'old') && (
        <QuietButton
          disabled={doubt.isPending}
          aria-label={t('fresh.wrong_this', { field: label(field) })}
          onClick={() => doubt.mutate()}
        >
          {t('fresh.wrong')}
        </QuietButton>
      )}
    </span>
  )
}
