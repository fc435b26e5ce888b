import { type CustomerPage, fieldKeys } from '../contract.ts'

export type Difference = { field: string; before: unknown; now: unknown; by: string | null }

/** What is shown otherwise now than before, by whom: fields, and the identifiers that came or went. */
export function differences(before: CustomerPage, now: CustomerPage): Difference[] {
  const shownOf = (page: CustomerPage, field: string) => page.values.find((one) => one.field === field && one.chosen)
  const own = [...before.values, ...now.values].map(({ field }) => field).filter((field) => field.startsWith('own.'))
  const fields = [...fieldKeys, ...new Set(own)].flatMap((field): Difference[] => {
    const [old, fresh] = [shownOf(before, field), shownOf(now, field)]
    if (JSON.stringify(old?.value ?? null) === JSON.stringify(fresh?.value ?? null)) return []
    return [{ field, before: old?.value ?? null, now: fresh?.value ?? null, by: fresh?.actorName ?? null }]
  })
  const gone = before.identifiers.filter((one) => !now.identifiers.some((other) => other.id === one.id))
  const come = now.identifiers.filter((one) => !before.identifiers.some((other) => other.id === one.id))
  return [
    ...fields,
    ...gone.map((one) => ({ field: one.kind, before: one, now: null, by: null })),
    ...come.map((one) => ({ field: one.kind, before: null, now: one, by: one.actorName })),
  ]
}
