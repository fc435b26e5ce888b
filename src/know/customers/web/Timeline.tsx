import { useInfiniteQuery } from '@tanstack/react-query'
import { type Translate, useLocale, useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { moneyText } from '#web/kit/formats.ts'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { InstantText } from '#web/kit/values.tsx'
import { Waiting } from '#web/kit/Waiting.tsx'
import { useMerchant } from '#web/session.ts'
import type { TimelineFact } from '../contract.ts'
import { customers } from './customers-api.ts'
import { useFieldWords } from './field-words.ts'

/** What happened with a customer, newest first. Each kind is told in the words of its module (`fact.<kind>`). */
export function Timeline({ id }: { id: number }) {
  const t = useT()
  const words = useFactWords()
  const list = useInfiniteQuery(
    customers.query.timeline.infiniteOptions({
      input: (after: string | undefined) => ({ id, limit: 20, after }),
      initialPageParam: undefined,
      getNextPageParam: (last) => last.next,
    }),
  )
  const facts = list.data?.pages.flatMap((page) => page.items)
  return (
    <section className="panel" aria-labelledby="timeline">
      <h2 id="timeline">{t('customers.timeline')}</h2>
      {!facts && (list.error ? <ErrorNote error={list.error} again={list.refetch} /> : <Waiting rows={3} />)}
      {facts?.length === 0 && <p className="soft">{t('customers.timeline_empty')}</p>}
      {facts && facts.length > 0 && (
        <ol className="timeline">
          {facts.map((fact) => (
            <li key={`${fact.kind} ${fact.id}`}>
              <InstantText at={fact.at} />
              <span>
                {words(fact as TimelineFact)}
                {fact.words && <span className="soft lines"> · {fact.words}</span>}
              </span>
              <span className="soft">{by(t, fact as TimelineFact)}</span>
            </li>
          ))}
        </ol>
      )}
      {list.hasNextPage && (
        <QuietButton disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('customers.older')}
        </QuietButton>
      )}
    </section>
  )
}

/**
 * A fact's message, filled from its data: texts and numbers as they are, `amount` as money of the shop, lists of field names and
 * the kind of an identifier in words.
 */
function useFactWords(): (fact: TimelineFact) => string {
  const t = useT()
  const locale = useLocale()
  const currency = useMerchant()?.currency ?? 'CNY'
  const { label } = useFieldWords()
  return ({ kind, data }) => {
    const params: Record<string, string | number> = {}
    for (const [name, value] of Object.entries(data)) {
      if (name === 'amount' && typeof value === 'number') params[name] = moneyText(locale, currency, value)
      else if (name === 'fields' && Array.isArray(value)) {
        params[name] = new Intl.ListFormat(locale, { type: 'unit' }).format(
          value.map((field) => label(field as string)),
        )
      } else if (name === 'kind' && kind.startsWith('customers.'))
        params[name] = t(`customers.field.${value as string}`)
      else if (typeof value === 'string' || typeof value === 'number') params[name] = value
      else if (typeof value === 'boolean') params[name] = String(value)
    }
    const key = `fact.${kind}`
    const text = t(key, params)
    return text === key ? kind : text
  }
}

function by(t: Translate, { actor, actorName }: TimelineFact): string {
  if (actorName) return actorName
  return actor.startsWith('import:') ? t('customers.by_import') : ''
}
