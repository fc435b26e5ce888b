import { Link } from '@tanstack/react-router'
import { useT } from '#web/i18n.ts'
import type { Segment } from '../contract.ts'

/** What names a segment, which stays as long as it does. */
export function Uses({ of }: { of: Segment['uses'] }) {
  const t = useT()
  if (of.length === 0) return null
  return (
    <section className="panel" aria-labelledby="uses">
      <h2 id="uses">{t('segments.uses')}</h2>
      <p className="soft">{t('segments.uses_means')}</p>
      <ul className="customer-segments">
        {of.map(({ kind, id, name }) => (
          <li key={`${kind} ${id}`}>
            <span className="soft">{t(`segments.use.${kind}`)}</span>{' '}
            <Link to={`/${kind}s/$id` as never} params={{ id: String(id) } as never}>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
