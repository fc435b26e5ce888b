import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { customers } from '#know/customers/web/people.ts'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { InstantText } from '#web/kit/values.tsx'
import { useMay } from '#web/session.ts'
import type { StateOfCustomer } from '../contract.ts'
import { states } from './states-api.ts'
import './states.css'

type Goal = { id: number; name: string } | null

/** The shop's own state of a customer, where it may go, and who moved it, when and why. */
export default function StatePanel({ id }: { id: number }) {
  const t = useT()
  const mayEdit = useMay()('customers.edit')
  const [goal, setGoal] = useState<Goal | undefined>()
  const held = useQuery(states.query.ofCustomer.queryOptions({ input: { id } }))
  return (
    <Loaded of={held} rows={2}>
      {({ state, may, moves }) => (
        <>
          {state ? (
            <p>
              <strong>{state.name}</strong> {state.means && <span className="soft">{state.means}</span>}
            </p>
          ) : (
            <p className="soft">{t('states.none')}</p>
          )}
          {mayEdit && may.length > 0 && goal === undefined && (
            <div className="note-actions">
              {may.map((one) => (
                <QuietButton key={one?.id ?? 'none'} icon="forward" onClick={() => setGoal(one)}>
                  {one ? t('states.move_to', { name: one.name }) : t('states.move_out')}
                </QuietButton>
              ))}
            </div>
          )}
          {goal !== undefined && <MoveForm id={id} goal={goal} onDone={() => setGoal(undefined)} />}
          <History moves={moves} />
        </>
      )}
    </Loaded>
  )
}

function MoveForm({ id, goal, onDone }: { id: number; goal: Goal; onDone: () => void }) {
  const t = useT()
  const queries = useQueryClient()
  const [why, setWhy] = useState('')
  const move = useMutation({
    mutationFn: () => states.call.move({ id, to: goal?.id ?? null, why: why.trim() }),
    async onSuccess(answer) {
      queries.setQueryData(states.query.ofCustomer.queryKey({ input: { id } }), answer as never)
      notify(goal ? t('states.was_moved', { name: goal.name }) : t('states.was_moved_out'))
      onDone()
      await Promise.all([
        queries.invalidateQueries({ queryKey: states.query.key() }),
        queries.invalidateQueries({ queryKey: customers.query.timeline.key() }),
      ])
    },
  })
  return (
    <form
      className="state-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (why.trim()) move.mutate()
      }}
    >
      <Input
        autoFocus
        aria-label={t('states.why')}
        placeholder={t('states.why')}
        value={why}
        maxLength={300}
        onChange={(event) => setWhy(event.target.value)}
      />
      <Button type="primary" htmlType="submit" disabled={!why.trim()} loading={move.isPending}>
        {goal ? t('states.move_to', { name: goal.name }) : t('states.move_out')}
      </Button>
      <QuietButton onClick={onDone}>{t('web.cancel')}</QuietButton>
      <ErrorNote error={move.error} />
    </form>
  )
}

function History({ moves }: { moves: StateOfCustomer['moves'] }) {
  const t = useT()
  if (moves.length === 0) return null
  return (
    <ol className="state-moves" aria-label={t('states.history')}>
      {moves.map((move) => (
        <li key={`${move.at} ${move.from?.id} ${move.to?.id}`}>
          <span>
            {move.from?.name ?? t('states.none_short')} → {move.to?.name ?? t('states.none_short')}
          </span>
          <span>{move.why}</span>
          <span className="soft">
            <InstantText at={move.at} /> {move.actorName}
          </span>
        </li>
      ))}
    </ol>
  )
}
