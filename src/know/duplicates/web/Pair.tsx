import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { KeyboardEvent } from 'react'
import { called } from '#know/customers/web/people.ts'
import { useT } from '#web/i18n.ts'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { InstantText, Share } from '#web/kit/values.tsx'
import type { Side, Suggestion } from '../contract.ts'
import { linesOf, summaryOf } from './compared.ts'

export type Decide = (decision: 'accept' | 'refuse') => void

/** Two people side by side, with what is alike in words. Keys while it has the focus: M merges, N keeps apart, arrows go on. */
export function Pair(props: { of: Suggestion; busy: boolean; onDecide?: Decide; onUndo?: () => void }) {
  const { of: pair, busy, onDecide, onUndo } = props
  const t = useT()
  const { one, other } = pair
  const lines = linesOf(t, pair)
  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const cards = [...document.querySelectorAll<HTMLElement>('.pair')]
      const next = cards[cards.indexOf(event.currentTarget) + (event.key === 'ArrowDown' ? 1 : -1)]
      if (!next) return
      event.preventDefault()
      next.focus()
    } else if (!busy && event.key.toLowerCase() === 'm') onDecide?.('accept')
    else if (!busy && event.key.toLowerCase() === 'n') onDecide?.('refuse')
  }
  const name = t('duplicates.pair', { one: called(one), other: called(other) })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a pair is what one goes through by keys; its buttons are inside
    <article className="pair" tabIndex={0} aria-label={name} onKeyDown={onKey}>
      <header>
        {pair.probability !== null && (
          <strong>
            {t('duplicates.likely')} <Share of={pair.probability} digits={0} />
          </strong>
        )}
        <span className="soft">{summaryOf(t, pair.reasons)}</span>
        {pair.proposed.map(({ kind, why }) => (
          <span key={`${kind} ${why}`} className="proposed">
            {t('duplicates.proposed', {
              what: t(`customers.likeness.${kind}`),
              why: t(`duplicates.proposed_${why}`),
            })}
          </span>
        ))}
      </header>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">{t('duplicates.compared')}</span>
            </th>
            <Person of={one} />
            <Person of={other} />
            <th scope="col">
              <span className="sr-only">{t('duplicates.how_alike')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key} className={line.speaks}>
              <th scope="row">{line.label}</th>
              <Values of={line.one} />
              <Values of={line.other} />
              <td className="how">{line.how.join(t('duplicates.and'))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {onDecide && (
        <footer>
          <Button type="primary" loading={busy} onClick={() => onDecide('accept')}>
            {t('duplicates.accept')}
          </Button>
          <QuietButton disabled={busy} onClick={() => onDecide('refuse')}>
            {t('duplicates.refuse')}
          </QuietButton>
        </footer>
      )}
      {pair.decidedAt && (
        <footer>
          <span className="soft">
            {t(`duplicates.was_${pair.state}`, { name: pair.decidedByName ?? t('duplicates.a_machine') })}{' '}
            <InstantText at={pair.decidedAt} />
          </span>
          {onUndo && (
            <QuietButton disabled={busy} onClick={onUndo}>
              {t('web.undo')}
            </QuietButton>
          )}
        </footer>
      )}
    </article>
  )
}

function Person({ of: side }: { of: Side }) {
  return (
    <th scope="col">
      <Link to={`/customers/${side.id}`}>{called(side)}</Link>
    </th>
  )
}

function Values({ of: values }: { of: string[] }) {
  return (
    <td>
      {values.length === 0 ? <span className="soft">—</span> : values.map((value) => <div key={value}>{value}</div>)}
    </td>
  )
}
