import './metrics.css'
import { useQuery } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { insight } from './insight-api.ts'

/** The registry: what each number means, how it is made, of which days it speaks, of which records it is counted. */
export default function DefinitionsPage() {
  const t = useT()
  const list = useQuery(insight.query.definitions.queryOptions({ input: {}, staleTime: Number.POSITIVE_INFINITY }))
  return (
    <PageFrame
      title={t('metrics.definitions')}
      subtitle={t('metrics.definitions_note')}
      back={{ to: '/', label: t('metrics.title') }}
    >
      <Loaded of={list} rows={12}>
        {({ items }) => (
          <ul className="definitions">
            {items.map(({ key, name, meaning, formula, unit, span, of }) => (
              <li key={key} id={key}>
                <h2>{name}</h2>
                <p>{meaning}</p>
                <dl>
                  <dt>{t('metrics.formula')}</dt>
                  <dd>
                    <code>{formula}</code>
                  </dd>
                  <dt>{t('metrics.unit')}</dt>
                  <dd>{t(`metrics.unit.${unit}`)}</dd>
                  <dt>{t('metrics.span')}</dt>
                  <dd>{span.map((one) => t(`metrics.span.${one}`)).join(' · ')}</dd>
                  <dt>{t('metrics.counted_of')}</dt>
                  <dd>{of.map((one) => t(`metrics.of.${one}`)).join(' · ')}</dd>
                </dl>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </PageFrame>
  )
}
