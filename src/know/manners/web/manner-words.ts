import { useColleagues } from '#know/staff/web/people.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { dayText } from '#web/kit/formats.ts'
import type { Manner } from '../contract.ts'

export type MannerWords = (manner: Manner) => { what: string; more: string }

/** A manner as people say it: “never by phone”, “only after 18:00, Sat and Sun”; and why, by whom, until when. */
export function useMannerWords(): MannerWords {
  const t = useT()
  const locale = useLocale()
  const { nameOf } = useColleagues()
  return (manner) => {
    const { rule, channel, fromMinute, toMinute, weekdays, askId, words, reason, until, actorName } = manner
    const way = channel ? t(`manners.way.${channel}`) : ''
    const clock = (minute: number) =>
      `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
    const time =
      fromMinute !== null && toMinute !== null
        ? t('manners.between', { from: clock(fromMinute), to: clock(toMinute) })
        : fromMinute !== null
          ? t('manners.after', { from: clock(fromMinute) })
          : toMinute !== null
            ? t('manners.before', { to: clock(toMinute) })
            : ''
    const days = weekdays
      ? new Intl.ListFormat(locale, { type: 'conjunction' }).format(weekdays.map((day) => weekdayName(locale, day)))
      : ''
    const what = {
      never: () => (channel ? t('manners.never_way', { way }) : t('manners.never_all')),
      only: () => t('manners.only', { when: [days, time].filter(Boolean).join(' '), way: channel ? ` (${way})` : '' }),
      ask: () => t('manners.ask_first', { who: nameOf(askId) ?? '', way: channel ? ` (${way})` : '' }),
      mind: () => words ?? '',
    }[rule]()
    const more = [reason, actorName, until && t('manners.until_day', { day: dayText(locale, until) })]
    return { what, more: more.filter(Boolean).join(' · ') }
  }
}

/** 1 is Monday. @example weekdayName('zh-CN', 6) is 周六 */
export function weekdayName(locale: string, day: number): string {
  // The first of January 2024 was a Monday.
  return new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2024, 0, day))
}
