import { Select } from 'antd'
import type { ReactNode } from 'react'
import { useT } from '../i18n.ts'
import { QuietButton } from './QuietButton.tsx'

/** The line above a list: search, filters, and a way back to all. @example <FilterBar onClear={filtered ? clear : undefined}>… */
export function FilterBar({ children, onClear }: { children: ReactNode; onClear?: () => void }) {
  const t = useT()
  return (
    <div className="filters">
      {children}
      {onClear && <QuietButton onClick={onClear}>{t('web.clear_filters')}</QuietButton>}
    </div>
  )
}

/**
 * One filter of a list, by a closed choice; an empty value is all.
 * @example <Filter label={t('customers.stage')} value={view.stage} options={[…]} onPick={(stage) => setView({ stage })} />
 */
export function Filter(props: {
  label: string
  value: string
  options: { value: string; label: ReactNode }[]
  onPick: (value: string) => void
}) {
  return (
    <Select
      aria-label={props.label}
      placeholder={props.label}
      value={props.value || undefined}
      options={props.options}
      onChange={(value: string | undefined) => props.onPick(value ?? '')}
      allowClear
      style={{ minWidth: 136 }}
      popupMatchSelectWidth={false}
    />
  )
}
