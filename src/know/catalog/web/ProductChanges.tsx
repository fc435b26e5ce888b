import { useQuery } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { InstantText } from '#web/kit/values.tsx'
import { catalog } from './catalog-api.ts'

/** The newest twenty changes of a product: which fields, by whom, when. */
export function ProductChanges({ id }: { id: number }) {
  const t = useT()
  const changes = useQuery(catalog.query.changes.queryOptions({ input: { id } }))
  return (
    <section className="panel">
      <h2>{t('catalog.changes')}</h2>
      <Loaded of={changes} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="soft">{t('catalog.no_changes')}</p>
          ) : (
            <ul>
              {items.map((change) => (
                <li key={change.id}>
                  {change.kind === 'catalog.added'
                    ? t('catalog.change_added')
                    : change.fields.map((field) => t(`catalog.field.${field}`)).join(t('catalog.comma'))}
                  <span className="soft">
                    {' · '}
                    <InstantText at={change.at} />
                    {' · '}
                    {change.actorName ?? t('catalog.by_system')}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}
