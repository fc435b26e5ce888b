import type { Condition } from '../contract.ts'

/**
 * The address of the people behind a number: the list of customers with this question, as of the number's day. Questions hold
 * stages, days and amounts, never what somebody typed to find a person.
 * @example <Metric … {...people(metric.people, overview.asOf)} />
 */
export function people(where: Condition | null, asOf?: string): { to?: string; search?: Record<string, string> } {
  if (!where) return {}
  return { to: '/customers', search: { where: JSON.stringify(where), ...(asOf ? { asOf } : {}) } }
}
