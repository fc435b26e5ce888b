/** Places of strolls: before a visit from 0 on, and from here on after the last one. */
export const afterLast = 8
/** So that one number holds customer and place. */
const places = 16

/** On which days somebody looks around: a number for each, whatever the size of the shop. */
export function agendaOfStrolls() {
  const days: (number[] | undefined)[] = []
  return {
    /** Enters those that are after a day, at most eight. */
    enter(customer: number, place: number, wanted: readonly number[], since: number): void {
      for (const [at, day] of wanted.entries()) {
        if (day <= since || at >= afterLast) continue
        const list = days[day]
        if (list) list.push(customer * places + place + at)
        else days[day] = [customer * places + place + at]
      }
    },
    on(day: number): { customer: number; place: number }[] {
      return (days[day] ?? []).map((entry) => ({ customer: Math.floor(entry / places), place: entry % places }))
    },
    forget(day: number): void {
      days[day] = undefined
    },
  }
}
