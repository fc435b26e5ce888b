import type { OwnKey } from '#know/fields/contract.ts'
import { useOwnFields } from '#know/fields/web/people.ts'
import { useT } from '#web/i18n.ts'

/** What a target is called, the shop's own fields by their names; and the keys of those. */
export function useTargetWords(): { words: (target: string) => string; own: OwnKey[] } {
  const t = useT()
  const { all, ofKey } = useOwnFields()
  return {
    words: (target) => ofKey(target.slice('customer.'.length))?.name ?? t(`exchange.page.target.${target}`),
    own: all.map(({ key }) => key),
  }
}
