import { useT } from '#web/i18n.ts'
import { InstantText } from '#web/kit/values.tsx'
import type { Live } from '../contract.ts'

type Latest = Live['messages'][number]

/** The latest messages, masked: what it was and what became of it, not who. */
export function LatestMessages({ of: messages }: { of: readonly Latest[] }) {
  const t = useT()
  return (
    <section className="panel" aria-labelledby="incoming-latest">
      <h2 id="incoming-latest">{t('ingest.latest')}</h2>
      {messages.length === 0 && <p className="soft">{t('ingest.latest_none')}</p>}
      <ol className="incoming">
        {messages.map((one, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they have no name, and none keeps a state
          <li key={place} className={one.outcome}>
            <InstantText at={one.at} />
            <span>
              <strong>{one.event || one.type}</strong> {one.products.join(', ')}
            </span>
            <span className="soft">
              {one.who && `${one.who} · `}
              {one.source}
            </span>
            <span className="soft">
              {t(`ingest.outcome.${one.outcome}`, { reason: one.reason ? t(`ingest.reason.${one.reason}`) : '' })}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
