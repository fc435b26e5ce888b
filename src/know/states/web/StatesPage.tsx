import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { Count } from '#web/kit/values.tsx'
import type { State } from '../contract.ts'
import { StateForm } from './StateForm.tsx'
import { states } from './states-api.ts'
import './states.css'

/** The states that the shop declares, and the moves between them that it allows. */
export default function StatesPage() {
  const t = useT()
  const [edited, setEdited] = useState<number | 'new'>()
  const list = useQuery(states.query.list.queryOptions({ input: {} }))
  return (
    <PageFrame
      title={t('states.title')}
      subtitle={t('states.means')}
      back={{ to: '/settings', label: t('web.nav.settings') }}
      narrow
    >
      <Loaded of={list}>
        {({ items }) => (
          <>
            {items.length === 0 && edited !== 'new' && (
              <EmptyState title={t('states.empty')} example={t('states.empty_example')}>
                {t('states.empty_means')}
              </EmptyState>
            )}
            <ul className="states">
              {items.map((state) => (
                <li key={state.id}>
                  {edited === state.id ? (
                    <StateForm state={state} all={items} onDone={() => setEdited(undefined)} />
                  ) : (
                    <StateLine state={state} all={items} onEdit={() => setEdited(state.id)} />
                  )}
                </li>
              ))}
            </ul>
            {edited === 'new' ? (
              <StateForm all={items} onDone={() => setEdited(undefined)} />
            ) : (
              <QuietButton icon="add" onClick={() => setEdited('new')}>
                {t('states.add')}
              </QuietButton>
            )}
          </>
        )}
      </Loaded>
    </PageFrame>
  )
}

function StateLine({ state, all, onEdit }: { state: State; all: readonly State[]; onEdit: () => void }) {
  const t = useT()
  const goals = [
    ...all.filter(({ id, offered }) => offered && state.to.includes(id)).map(({ name }) => name),
    ...(state.ends ? [t('states.none_short')] : []),
  ]
  return (
    <>
      <div className="state-head">
        <strong>{state.name}</strong>
        {!state.offered && <span className="soft">{t('states.ended')}</span>}
        <Link to={`/states/${state.id}` as never}>
          <Count value={state.customers} /> {t('states.customers')}
        </Link>
        <QuietButton icon="edit" aria-label={t('states.edit_this', { name: state.name })} onClick={onEdit}>
          {t('states.edit')}
        </QuietButton>
      </div>
      {state.means && <p className="soft">{state.means}</p>}
      <p className="soft">
        {state.begins && `${t('states.may_begin')} `}
        {goals.length > 0 ? t('states.may_go', { goals: goals.join(', ') }) : t('states.may_go_nowhere')}
      </p>
    </>
  )
}
