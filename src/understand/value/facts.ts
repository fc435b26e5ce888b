import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'

const percent = z.number().nullable()

/** The shop gave its classes names of its own, or took them away. */
export const classesNamed = fact('value.classes_named', z.object({}))

/** The margin that paybacks and ceilings are reckoned with was said; null: none. */
export const marginChanged = fact('value.margin_changed', z.object({ before: percent, after: percent }))
