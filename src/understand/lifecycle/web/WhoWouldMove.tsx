import { useQuery } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import type { Goods, Thresholds } from '../contract.ts'
import { lifecycle } from './lifecycle-api.ts'
import { Moves } from './Moves.tsx'

/** Who would stand in another stage if these limits were saved; each number opens them. */
export function WhoWouldMove({ wanted, of }: { wanted: Thresholds; of: Goods | undefined }) {
  const t = useT()
  const preview = useQuery(
    lifecycle.query.preview.queryOptions({ input: { ...wanted, of }, placeholderData: (before) => before }),
  )
  return (
    <section className="panel" aria-live="polite">
      <h2>{t('lifecycle.who_would_move')}</h2>
      <Loaded of={preview}>{({ moves }) => <Moves moves={moves} />}</Loaded>
    </section>
  )
}
