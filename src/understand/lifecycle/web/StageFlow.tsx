import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { people } from '#understand/query/web/people.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { Chart } from '#web/kit/Chart.tsx'
import { countText, dayText } from '#web/kit/formats.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { stageColour } from '#web/kit/StageMark.tsx'
import { useView } from '#web/place.ts'
import { lifecycle } from './lifecycle-api.ts'
import { Moves } from './Moves.tsx'

const drawn = ['active', 'silent', 'sleeping', 'lost'] as const

/** How the stages were filled at each month's end, and who moved in the last month. Computed from the orders. */
export default function StageFlow() {
  const t = useT()
  const locale = useLocale()
  const navigate = useNavigate()
  const [{ asOf }] = useView({ asOf: '' })
  const flow = useQuery(
    lifecycle.query.flow.queryOptions({
      input: { asOf: asOf || undefined, months: 24 },
      placeholderData: keepPreviousData,
    }),
  )
  return (
    <Loaded of={flow}>
      {({ months }) => {
        const first = months.findIndex(({ stages }) => drawn.some((stage) => stages[stage] > 0))
        const shown = first < 0 ? [] : months.slice(first)
        const last = shown.at(-1)
        if (shown.length < 2 || !last) return <p className="soft">{t('lifecycle.flow_too_early')}</p>
        return (
          <>
            <Chart
              label={t('lifecycle.flow_by_month')}
              shape="stack"
              at={shown.map(({ day }) => ({ key: day, label: dayText(locale, day, 'month') }))}
              series={drawn.map((stage) => ({
                key: stage,
                label: t(`web.stage.${stage}`),
                values: shown.map(({ stages }) => stages[stage]),
                colour: stageColour(stage),
              }))}
              format={(count) => countText(locale, count)}
              onPick={(day, stage) =>
                void navigate(people({ is: 'stage', in: [stage as (typeof drawn)[number]] }, day) as never)
              }
            />
            <h3>{t('lifecycle.moves_in_month', { month: dayText(locale, last.day, 'month') })}</h3>
            <Moves moves={last.moves} asOf={last.day} />
          </>
        )
      }}
    </Loaded>
  )
}
