import { people } from '#understand/query/web/people.ts'
import { useT } from '#web/i18n.ts'
import { Shares } from '#web/kit/Shares.tsx'
import type { Forecast } from '../contract.ts'

const tints = {
  model: 'var(--accent)',
  alike: 'var(--stage-new)',
  own: 'var(--stage-silent)',
  none: 'var(--stage-never)',
}

/** How many buyers are judged by which step; those of a step open. */
export function Steps({ forecast: { scored } }: { forecast: Forecast }) {
  const t = useT()
  return (
    <Shares
      parts={(['model', 'alike', 'own', 'none'] as const).map((step) => ({
        key: step,
        label: t(`predictions.step.${step}`),
        value: scored[step],
        colour: tints[step],
        ...(step === 'none' || scored[step] === 0 ? {} : people({ is: 'foretoldBy', in: [step] })),
      }))}
    />
  )
}
