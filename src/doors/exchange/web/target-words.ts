import type { OwnKey } from '#know/fields/contract.ts'
import { useOwnFields } from '#know/fields/web/people.ts'
import { type Translate, useT } from '#web/i18n.ts'

/** `consent.email.promotion`, in words. */
export function permission(t: Translate, target: string): string | undefined {
  const [, channel, purpose] = /^consent\.(\w+)\.(\w+)$/.exec(target) ?? []
  return channel && `${t(`consent.channel.${channel}`)} · ${t(`consent.purpose.${purpose}`)}`
}

/** What a target is called, the shop's own fields by their names; and the keys of those. */
export function useTargetWords(): { words: (target: string) => string; own: OwnKey[] } {
  const t = useT()
  const { all, ofKey } = useOwnFields()
  return {
    words: (target) =>
      ofKey(target.slice('customer.'.length))?.name ?? permission(t, target) ?? t(`exchange.page.target.${target}`),
    own: all.map(({ key }) => key),
  }
}
