import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { called } from '#know/customers/web/people.ts'
import { useT } from '#web/i18n.ts'
import { Choices } from '#web/kit/Choices.tsx'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { ErrorOrProof } from '#web/kit/ErrorOrProof.tsx'
import { useKeyset } from '#web/kit/keyset.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { PageTurns } from '#web/kit/PageTurns.tsx'
import { useView } from '#web/place.ts'
import { useMay } from '#web/session.ts'
import type { Suggestion } from '../contract.ts'
import { duplicates } from './duplicates-api.ts'
import { Pair } from './Pair.tsx'
import { ScanLine } from './ScanLine.tsx'
import './duplicates.css'

type State = 'open' | 'decided'

/** Pairs of customers who may be one person: look, decide, take back. */
export function DuplicatesPage() {
  const t = useT()
  const may = useMay()
  const [view, setView] = useView({ state: 'open' })
  const state: State = view.state === 'decided' ? 'decided' : 'open'
  const page = useKeyset('duplicates', { state })
  const list = useQuery(
    duplicates.query.list.queryOptions({
      input: { state, limit: 20, after: page.after },
      placeholderData: keepPreviousData,
    }),
  )
  const count = useQuery(duplicates.query.count.queryOptions({ input: {} }))
  const decisions = useDecisions()
  return (
    <PageFrame
      title={t('duplicates.title')}
      subtitle={t('duplicates.title_note')}
      back={{ to: '/customers', label: t('customers.title') }}
    >
      <ScanLine />
      <div className="pairs-tools">
        <Choices
          label={t('duplicates.shown')}
          value={state}
          options={[
            { value: 'open', label: t('duplicates.open_count', { count: count.data?.open ?? 0 }) },
            { value: 'decided', label: t('duplicates.decided_ones') },
          ]}
          onPick={(picked) => setView({ state: picked })}
        />
        {state === 'open' && may('customers.edit') && <p className="soft keys-note">{t('duplicates.keys')}</p>}
      </div>
      <ErrorOrProof of={decisions.all} />
      <Loaded of={list}>
        {({ items, next }) => (
          <>
            {items.length === 0 && <Nothing state={state} />}
            <div className="pairs" ref={decisions.pairs}>
              {items.map((pair) => (
                <Pair
                  key={pair.id}
                  of={pair as Suggestion}
                  busy={decisions.busy === pair.id}
                  onDecide={
                    state === 'open' && may('customers.edit')
                      ? (decision) => decisions.decide(decision, pair as Suggestion)
                      : undefined
                  }
                  onUndo={state === 'decided' && may('customers.edit') ? () => decisions.undo(pair.id) : undefined}
                />
              ))}
            </div>
            <PageTurns page={page} next={next} />
          </>
        )}
      </Loaded>
    </PageFrame>
  )
}

function Nothing({ state }: { state: State }) {
  const t = useT()
  return (
    <EmptyState
      title={t(state === 'open' ? 'duplicates.none' : 'duplicates.none_decided')}
      example={state === 'open' && t('duplicates.example')}
    >
      {t(state === 'open' ? 'duplicates.none_means' : 'duplicates.none_decided_means')}
    </EmptyState>
  )
}

/** Deciding, with undo in the notice; the focus goes on to the pair that takes the place of the decided one. */
function useDecisions() {
  const t = useT()
  const queries = useQueryClient()
  const pairs = useRef<HTMLDivElement>(null)
  const changed = async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: duplicates.query.list.key() }),
      queries.invalidateQueries({ queryKey: duplicates.query.count.key() }),
      queries.invalidateQueries({ queryKey: ['customers'] }),
    ])
  }
  const undo = useMutation({ ...duplicates.query.undo.mutationOptions(), onSuccess: changed })
  const accept = useMutation(duplicates.query.accept.mutationOptions())
  const refuse = useMutation(duplicates.query.refuse.mutationOptions())
  const decide = async (decision: 'accept' | 'refuse', { id, one, other }: Suggestion) => {
    const place = [...(pairs.current?.children ?? [])].findIndex((card) => card.contains(document.activeElement))
    const names = { one: called(one), other: called(other) }
    try {
      await (decision === 'accept' ? accept : refuse).mutateAsync({ id })
    } catch {
      // Told above the list; somebody else may have decided meanwhile.
      return changed()
    }
    notify(t(decision === 'accept' ? 'duplicates.accepted' : 'duplicates.refused', names), {
      undo: () => undo.mutate({ id }),
    })
    await changed()
    const cards = pairs.current?.children
    if (place >= 0 && cards?.length) (cards[Math.min(place, cards.length - 1)] as HTMLElement).focus()
  }
  const busy = [accept, refuse, undo].find((one) => one.isPending)?.variables?.id
  return { pairs, decide, undo: (id: number) => undo.mutate({ id }), all: [accept, refuse, undo], busy }
}
