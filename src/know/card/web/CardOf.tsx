import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { CustomerRow } from '#know/customers/contract.ts'
import { called, phoneText } from '#know/customers/web/people.ts'
import type { Manner } from '#know/manners/contract.ts'
import { useMannerWords } from '#know/manners/web/people.ts'
import { Rating } from '#know/reviews/web/people.ts'
import { TagMark } from '#know/tags/web/people.ts'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Icon } from '#web/kit/icon.tsx'
import { DayText, InstantText, Money } from '#web/kit/values.tsx'
import type { Card } from '../contract.ts'
import { card } from './card-api.ts'

/** The card. Who it is stands there at once, from the search; the rest comes a moment later in its place. */
export function CardOf({ id, found }: { id: number; found: CustomerRow }) {
  const t = useT()
  const words = useMannerWords()
  const told = useQuery(card.query.get.queryOptions({ input: { id }, placeholderData: keepPreviousData }))
  const data = told.data as Card | undefined
  const person = data?.customer ?? found
  const goods = data
    ? [...new Set([...(data.likes.words ? [data.likes.words] : []), ...data.likes.goods.map((one) => one.name)])]
    : []
  return (
    <article className="person-card" aria-labelledby="card-name">
      <h2 id="card-name">
        <Link to={`/customers/${id}`}>{called(person)}</Link>
      </h2>
      <p className="soft">
        {[person.name && person.number, person.phone && phoneText(person.phone), person.city]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {told.error && <ErrorNote error={told.error} again={told.refetch} />}
      {data && (
        <>
          {data.manners.length > 0 && (
            <ul className="card-manners" aria-label={t('card.mind')}>
              {data.manners.map((manner) => (
                <li key={manner.id}>
                  <Icon name="warning" size={18} /> {words(manner as Manner).what}
                </li>
              ))}
            </ul>
          )}
          {data.tags.length > 0 && (
            <p className="tag-cell">
              {data.tags.map((tag) => (
                <TagMark key={tag.id} {...tag} />
              ))}
            </p>
          )}
          <dl className="facts">
            <dt>{t('card.last_purchase')}</dt>
            <dd>
              {data.lastPurchase ? (
                <>
                  <Link to={`/orders/${data.lastPurchase.orderId}`}>
                    <DayText day={data.lastPurchase.day} />
                  </Link>{' '}
                  · <Money minor={data.lastPurchase.amount} />
                  {data.lastPurchase.goods.length > 0 && ` · ${data.lastPurchase.goods.join(', ')}`}
                </>
              ) : (
                t('card.never_bought')
              )}
            </dd>
            {goods.length > 0 && (
              <>
                <dt>{t('card.likes')}</dt>
                <dd>{goods.join(' · ')}</dd>
              </>
            )}
            {data.saidOf.length > 0 && (
              <>
                <dt>{t('card.said_of')}</dt>
                <dd>
                  {data.saidOf.map((one) => (
                    <div key={one.reviewId}>
                      <Rating of={one.rating} /> {[one.product, one.words].filter(Boolean).join(' · ')}
                    </div>
                  ))}
                </dd>
              </>
            )}
            {data.household.length > 0 && (
              <>
                <dt>{t('card.household')}</dt>
                <dd>
                  {data.household.map((one, at) => (
                    <span key={`${one.id} ${one.kind}`}>
                      {at > 0 && ' · '}
                      <Link to={`/customers/${one.id}`}>{one.name ?? one.number ?? `#${one.id}`}</Link>{' '}
                      <span className="soft">{t(`relations.kind.${one.kind}`)}</span>
                    </span>
                  ))}
                </dd>
              </>
            )}
            {data.birthday && (
              <>
                <dt>{t('card.birthday')}</dt>
                <dd>
                  <DayText day={data.birthday.on} style="short" /> · {t('card.in_days', { days: data.birthday.inDays })}
                  {data.birthday.age !== undefined && ` · ${t('card.becomes', { age: data.birthday.age })}`}
                </dd>
              </>
            )}
            {data.promises.length > 0 && (
              <>
                <dt>{t('card.promised')}</dt>
                <dd>
                  {data.promises.map((one) => (
                    <div key={one.id}>
                      {one.what ?? t('card.talk_again')} · <DayText day={one.dueOn} style="short" />
                    </div>
                  ))}
                </dd>
              </>
            )}
            {data.lastTalk && (
              <>
                <dt>{t('card.last_talk')}</dt>
                <dd>
                  <InstantText at={data.lastTalk.at} />
                  {data.lastTalk.said && ` · ${data.lastTalk.said}`}
                </dd>
              </>
            )}
          </dl>
        </>
      )}
    </article>
  )
}
