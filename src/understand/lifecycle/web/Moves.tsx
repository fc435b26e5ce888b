import { Link } from '@tanstack/react-router'
import type { Condition } from '#understand/query/contract.ts'
import { people } from '#understand/query/web/people.ts'
import { useT } from '#web/i18n.ts'
import { StageMark } from '#web/kit/StageMark.tsx'
import { Count } from '#web/kit/values.tsx'
import type { Move } from '../contract.ts'
import './lifecycle.css'

/** Who went from where to where, the most first; each number opens them. */
export function Moves({ moves, asOf }: { moves: readonly (Move & { people: Condition })[]; asOf?: string }) {
  const t = useT()
  if (moves.length === 0) return <p className="soft">{t('lifecycle.no_moves')}</p>
  return (
    <ul className="moves">
      {[...moves]
        .sort((a, b) => b.customers - a.customers)
        .map(({ from, to, customers, people: where }) => (
          <li key={`${from} ${to}`}>
            <StageMark stage={from} /> → <StageMark stage={to} />{' '}
            <strong>
              <Link {...(people(where, asOf) as { to: string })}>
                <Count value={customers} />
              </Link>
            </strong>
          </li>
        ))}
    </ul>
  )
}
