import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { called } from '#know/customers/web/people.ts'
import { useT } from '#web/i18n.ts'
import { Choices } from '#web/kit/Choices.tsx'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { useKeyset } from '#web/kit/keyset.ts'
import { LinkButton } from '#web/kit/LinkButton.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { PageTurns } from '#web/kit/PageTurns.tsx'
import { DayText } from '#web/kit/values.tsx'
import { Panels } from '#web/panels.tsx'
import { useView } from '#web/place.ts'
import { useSession } from '#web/session.ts'
import type { DueItem } from '../contract.ts'
import { PromiseLine } from './PromiseLine.tsx'
import { talks } from './talks-api.ts'
import './talks.css'

/** What one owes to whom today: talks that are due, promises that are open; a week ahead on wish. */
export function TodayPage() {
  const t = useT()
  const whole = (useSession().staff.whose ?? 'all') === 'all'
  const [view, setView] = useView({ whose: 'own', ahead: '0' })
  const page = useKeyset('today', view)
  const list = useQuery(
    talks.query.due.queryOptions({
      input: { limit: 50, whose: view.whose as 'own', ahead: Number(view.ahead) || 0, after: page.after },
      placeholderData: keepPreviousData,
    }),
  )
  return (
    <PageFrame
      title={t('talks.today')}
      subtitle={list.data && <DayText day={list.data.today} />}
      action={
        <span className="note-actions">
          <Link to="/activity">{t('talks.activity')}</Link>
          <LinkButton to="/card">{t('talks.recognise')}</LinkButton>
        </span>
      }
    >
      <Panels slot="today" id={0} />
      <div className="today-choices">
        <Choices
          label={t('talks.whose')}
          value={view.whose}
          options={[
            { value: 'own', label: t('talks.own') },
            { value: 'all', label: t(whole ? 'talks.all' : 'talks.all_seen') },
          ]}
          onPick={(whose) => setView({ whose })}
        />
        <Choices
          label={t('talks.until')}
          value={view.ahead}
          options={[
            { value: '0', label: t('talks.today') },
            { value: '7', label: t('talks.week') },
          ]}
          onPick={(ahead) => setView({ ahead })}
        />
      </div>
      <Loaded of={list} rows={6}>
        {({ items, today, next }) =>
          items.length === 0 ? (
            <EmptyState title={t('talks.nothing_due')} example={t('talks.nothing_due_example')}>
              {t('talks.nothing_due_means')}
            </EmptyState>
          ) : (
            <>
              <ul className="promises" aria-label={t('talks.open')}>
                {(items as DueItem[]).map((item) => (
                  <PromiseLine key={item.id} promise={item} today={today}>
                    <Link className="row-title" to={`/customers/${item.customer.id}`}>
                      {called(item.customer)}
                    </Link>
                  </PromiseLine>
                ))}
              </ul>
              <PageTurns page={page} next={next} />
            </>
          )
        }
      </Loaded>
    </PageFrame>
  )
}
