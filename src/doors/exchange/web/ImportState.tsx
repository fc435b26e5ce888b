import { useLocale, useT } from '#web/i18n.ts'
import { shareText } from '#web/kit/formats.ts'
import type { ImportRow } from '../contract.ts'
import { isMoving, shareDone } from './exchange-api.ts'
import './exchange.css'

/** Where an import stands, by shape and word; while it moves, how far. */
export function ImportState({ one }: { one: ImportRow }) {
  const t = useT()
  const locale = useLocale()
  const share = shareText(locale, shareDone(one) ?? 0, 0)
  return (
    <span className={`mark import-state is-${one.state}`}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <path d={shapes[one.state]} />
      </svg>
      {isMoving(one) ? t(`exchange.page.state.${movement(one)}`, { share }) : t(`exchange.page.state.${one.state}`)}
    </span>
  )
}

function movement({ state, goal }: ImportRow): string {
  if (state === 'undoing') return 'undoing'
  return goal === 'compared' ? 'comparing' : 'applying'
}

const ring = 'M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1Z'
const tick = 'M2 6.5 5 9.5 10.5 2.5'
const cross = 'M2.5 2.5l7 7M9.5 2.5l-7 7'

const shapes: Record<ImportRow['state'], string> = {
  waiting: ring,
  running: `${ring}M6 3.5V6l1.75 1.5`,
  compared: 'M1 4h8M6.5 1.5 9 4 6.5 6.5M11 9H3M5.5 6.5 3 9l2.5 2.5',
  applied: tick,
  cancelled: 'M3 3h6v6H3Z',
  failed: cross,
  undoing: `${ring}M6 3.5V6l-1.75 1.5`,
  undone: 'M2 5h5a2.5 2.5 0 0 1 0 5H4M4.5 2.5 2 5l2.5 2.5',
}
