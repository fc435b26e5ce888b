import { useT } from '#web/i18n.ts'
import { InstantText } from '#web/kit/values.tsx'
import type { Source } from '../contract.ts'

/** Who said it, from where, when. */
export function Told({ of }: { of: { source: Source; actor: string; actorName: string | null; at: string } }) {
  const t = useT()
  const { source, actor, actorName } = of
  const from = source.kind === 'staff' ? t('customers.source.staff') : source.name
  const by = actorName ?? (actor.startsWith('import:') ? t('customers.by_import') : undefined)
  return (
    <span className="soft">
      {from}
      {by && ` · ${by}`} · <InstantText at={of.at} />
    </span>
  )
}
