import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { people } from '#understand/query/web/people.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { countText } from '#web/kit/formats.ts'
import type { PathAnswer, PathAsks } from '../contract.ts'
import type { Flow } from './FlowCanvas.tsx'
import { usePlaceWords } from './place-words.ts'

const FlowCanvas = lazy(() => import('./FlowCanvas.tsx').then(({ FlowCanvas }) => ({ default: FlowCanvas })))

const beginning = '0'

/** The ways drawn, as wide as their visits; a click opens the people. What it shows stands below as words too. */
export function PathFlow({ asks, answer }: { asks: PathAsks; answer: PathAnswer }) {
  const t = useT()
  const locale = useLocale()
  const navigate = useNavigate()
  const called = usePlaceWords(asks.back ?? false)
  const back = asks.back ?? false
  const keyOf = (at: number, key: string) => `${at} ${key}`
  const steps = Math.max(...answer.places.map(({ at }) => at))
  const depth = (at: number) => (back ? steps - at : at)
  const start = asks.start === 'arrival' ? t('paths.start.arrival') : t(`query.event.${asks.start}`)
  const flow: Flow = {
    places: [
      {
        key: beginning,
        name: start,
        depth: depth(0),
        kind: 'start',
        value: answer.all.visits,
        whose: answer.all.whose,
      },
      ...answer.places
        .filter(({ visits }) => visits > 0)
        .map((one) => ({
          key: keyOf(one.at, one.key),
          name: called(one),
          depth: depth(one.at),
          kind:
            one.did === 'bought'
              ? ('bought' as const)
              : one.did === null || one.did === 'nothing'
                ? ('rest' as const)
                : ('deed' as const),
          value: one.visits,
          whose: one.whose,
        })),
    ],
    links: [
      ...answer.places
        .filter(({ at }) => at === 1)
        .map((one) => ({ at: 1, from: beginning, to: keyOf(1, one.key), value: one.visits, whose: one.whose })),
      ...answer.links.map((one) => ({
        at: one.at,
        from: keyOf(one.at - 1, one.from),
        to: keyOf(one.at, one.to),
        value: one.visits,
        whose: one.whose,
      })),
    ]
      .filter(({ value }) => value > 0)
      .map(({ from, to, ...one }) => (back ? { ...one, from: to, to: from } : { ...one, from, to })),
  }
  return (
    <figure className="chart">
      <figcaption>
        <h2>{t('paths.chart')}</h2>
      </figcaption>
      <Suspense fallback={<div className="path-canvas" />}>
        <FlowCanvas
          flow={flow}
          label={t('paths.chart')}
          format={(visits) => `${countText(locale, visits)} ${t('metrics.visitsOnWay')}`}
          onPick={(whose) => void navigate(people(whose, answer.asOf) as never)}
        />
      </Suspense>
    </figure>
  )
}
