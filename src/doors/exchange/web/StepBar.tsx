import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import type { Comparison, OneImport } from '../contract.ts'
import { exchange } from './exchange-api.ts'
import type { ImportSteps } from './use-import-steps.ts'

/** The one way on from here, within reach at the bottom. */
export function StepBar({ one, steps: { run } }: { one: OneImport; steps: ImportSteps }) {
  const t = useT()
  const seen = useQuery(exchange.query.inspect.queryOptions({ input: { id: one.id }, enabled: false }))
  if (one.state !== 'waiting' && one.state !== 'compared' && one.state !== 'undone') return null
  const compares = one.state !== 'compared'
  const missing = one.state === 'waiting' && (seen.data?.missing.length ?? 0) > 0
  const written = one.comparison ? toWrite(one.comparison) : 0
  const known = one.comparison !== null && one.comparison.unusableRows === 0
  return (
    <>
      <ErrorNote error={run.error} />
      <div className="save-bar">
        <span>
          {missing && t('exchange.page.missing_short')}
          {!missing && compares && t('exchange.page.compare_safe')}
          {!compares &&
            t(written > 0 || known ? 'exchange.page.to_write' : 'exchange.page.none_usable', { count: written })}
        </span>
        <Button
          type="primary"
          loading={run.isPending}
          disabled={missing || (!compares && written === 0)}
          onClick={() => run.mutate(compares ? 'compared' : 'applied')}
        >
          {t(
            compares
              ? one.state === 'undone'
                ? 'exchange.page.compare_again'
                : 'exchange.page.compare'
              : 'exchange.page.apply',
          )}
        </Button>
      </div>
    </>
  )
}

/** Records that applying would write. */
function toWrite({ products, customers, orders, steps, reviews }: Comparison): number {
  return [products, customers, orders, steps, reviews].reduce(
    (sum, counts) => sum + (counts ? counts.new + counts.changed : 0),
    0,
  )
}
