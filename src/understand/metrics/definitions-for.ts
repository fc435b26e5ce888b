import type { Context } from '#platform/context.ts'
import { type Locale, say } from '#platform/i18n/index.ts'
import { definitions, type MetricName, metricNames } from './definitions.ts'

/** The registry in the reader's language. */
export function definitionsFor({ actor }: Pick<Context, 'actor'>) {
  const locale = actor.locale as Locale
  const name = (key: MetricName) => say(locale, `metrics.${key}`)
  return metricNames.map((key) => {
    const { unit, span, formula, of } = definitions[key]
    return {
      key,
      name: name(key),
      meaning: say(locale, `metrics.${key}.means`),
      formula: 'counted' in formula ? formula.counted : inWords(formula, name, locale),
      unit,
      span: [...span],
      of: [...of],
    }
  })
}

function inWords(
  formula: { over: readonly [MetricName, MetricName] } | { less: readonly [MetricName, MetricName] },
  name: (key: MetricName) => string,
  locale: Locale,
): string {
  const [how, [one, other]] = 'over' in formula ? (['over', formula.over] as const) : (['less', formula.less] as const)
  return say(locale, `metrics.formula.${how}`, { one: name(one), other: name(other) })
}
