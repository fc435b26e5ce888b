import { Select } from 'antd'
import { useState } from 'react'
import { useReports } from '#understand/reports/web/panels.tsx'
import { useT } from '#web/i18n.ts'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { usePanels } from '#web/panels.tsx'
import type { Shown } from '../contract.ts'
import { keyOf } from './Places.tsx'

/** What a page shows, put in order by buttons, so by keyboard as well as by hand; what was done is said. */
export function Arrange({ shows, onChange }: { shows: readonly Shown[]; onChange: (shows: Shown[]) => void }) {
  const t = useT()
  const [said, setSaid] = useState('')
  const pictures = usePanels('dashboard')
  const reports = useReports()
  const titleOf = (one: Shown) => {
    if (one.show === 'report') return reports.find(({ id }) => id === one.reportId)?.name ?? t('dashboards.not_there')
    const picture = pictures.find(({ key }) => key === one.picture)
    return picture ? t(picture.title) : t('dashboards.not_there')
  }
  const move = (at: number, by: number) => {
    const next = [...shows]
    const [one] = next.splice(at, 1)
    next.splice(at + by, 0, one!)
    onChange(next)
    setSaid(t('dashboards.moved', { what: titleOf(one!), place: at + by + 1, all: next.length }))
  }
  const offered: Shown[] = [
    ...pictures.map(({ key }): Shown => ({ show: 'picture', picture: key ?? '', wide: true })),
    ...reports.map(({ id }): Shown => ({ show: 'report', reportId: id, wide: false })),
  ].filter((one) => !shows.some((other) => keyOf(other) === keyOf(one)))
  return (
    <>
      <ol className="arrange" aria-label={t('dashboards.order')}>
        {shows.map((one, at) => (
          <li key={keyOf(one)}>
            <span>{titleOf(one)}</span>
            <span className="note-actions">
              <QuietButton
                icon="up"
                disabled={at === 0}
                aria-label={t('dashboards.up', { what: titleOf(one) })}
                onClick={() => move(at, -1)}
              />
              <QuietButton
                icon="down"
                disabled={at === shows.length - 1}
                aria-label={t('dashboards.down', { what: titleOf(one) })}
                onClick={() => move(at, 1)}
              />
              <QuietButton
                aria-pressed={one.wide}
                onClick={() => onChange(shows.map((other) => (other === one ? { ...one, wide: !one.wide } : other)))}
              >
                {t(one.wide ? 'dashboards.wide' : 'dashboards.half')}
              </QuietButton>
              <QuietButton
                icon="close"
                aria-label={t('dashboards.take_off', { what: titleOf(one) })}
                onClick={() => onChange(shows.filter((other) => other !== one))}
              />
            </span>
          </li>
        ))}
      </ol>
      <p className="sr-only" role="status">
        {said}
      </p>
      <Select
        aria-label={t('dashboards.add')}
        placeholder={t('dashboards.add')}
        value={null}
        style={{ minWidth: 240 }}
        options={offered.map((one) => ({ value: keyOf(one), label: titleOf(one) }))}
        onChange={(key: string | null) => {
          const found = offered.find((one) => keyOf(one) === key)
          if (found) onChange([...shows, found])
        }}
      />
    </>
  )
}
