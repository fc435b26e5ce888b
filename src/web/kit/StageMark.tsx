import { useT } from '../i18n.ts'

/** The stages of a customer's life with the shop, in their order. */
export const stages = ['new', 'active', 'silent', 'sleeping', 'lost', 'never'] as const
export type Stage = (typeof stages)[number]

/** The variable of a stage's colour, the same everywhere. @example style={{ background: stageColour('silent') }} */
export function stageColour(stage: Stage): string {
  return `var(--stage-${stage})`
}

// A shape each, so that no stage is told by colour alone: a sprout, full, half, quarter, hollow, a dash.
const shapes: Record<Stage, string> = {
  new: 'M6 0.5 11.5 6 6 11.5 0.5 6Z',
  active: 'M6 0.75a5.25 5.25 0 1 0 0 10.5 5.25 5.25 0 0 0 0-10.5Z',
  silent: 'M6 0.75a5.25 5.25 0 1 0 0 10.5 5.25 5.25 0 0 0 0-10.5ZM6 2.25v7.5a3.75 3.75 0 0 1 0-7.5Z',
  sleeping: 'M6 0.75a5.25 5.25 0 1 0 0 10.5 5.25 5.25 0 0 0 0-10.5ZM6 2.25V6h3.75A3.75 3.75 0 1 1 6 2.25Z',
  lost: 'M6 0.75a5.25 5.25 0 1 0 0 10.5 5.25 5.25 0 0 0 0-10.5ZM6 2.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7Z',
  never: 'M1.5 5h9v2h-9Z',
}

/** The shape of a stage alone, for legends. */
export function StageShape({ stage }: { stage: Stage }) {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" style={{ fill: stageColour(stage) }}>
      <path fillRule="evenodd" d={shapes[stage]} />
    </svg>
  )
}

/** A stage by shape, colour and word. @example <StageMark stage="sleeping" /> */
export function StageMark({ stage }: { stage: Stage }) {
  const t = useT()
  return (
    <span className="mark">
      <StageShape stage={stage} />
      {t(`web.stage.${stage}`)}
    </span>
  )
}
