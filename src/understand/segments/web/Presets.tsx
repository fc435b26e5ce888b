import { useQuery } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import { LinkButton } from '#web/kit/LinkButton.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { presetGroups } from '../contract.ts'
import { segments } from './segments-api.ts'

/** Segments to begin with, each with advice. */
export function Presets({ mayEdit }: { mayEdit: boolean }) {
  const t = useT()
  const list = useQuery(segments.query.presets.queryOptions({ input: {}, staleTime: Number.POSITIVE_INFINITY }))
  return (
    <Loaded of={list}>
      {({ items }) =>
        presetGroups.map((group) => (
          <section className="panel" key={group} aria-labelledby={`presets-${group}`}>
            <h2 id={`presets-${group}`}>{t(`segments.presets.${group}`)}</h2>
            <ul className="presets">
              {items
                .filter((one) => one.group === group)
                .map((one) => (
                  <li key={one.key}>
                    <h3>{one.name}</h3>
                    <p>{one.advice}</p>
                    <p>
                      <code>{one.text}</code>
                    </p>
                    {mayEdit && (
                      <LinkButton quiet to="/segments/new" search={{ preset: one.key }}>
                        {t('segments.use_preset')}
                      </LinkButton>
                    )}
                  </li>
                ))}
            </ul>
          </section>
        ))
      }
    </Loaded>
  )
}
