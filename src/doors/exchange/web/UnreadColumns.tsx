import { Select } from 'antd'
import { useT } from '#web/i18n.ts'
import type { Inspection, Target } from '../contract.ts'
import { groups, sampleOf, targetsOf } from './mapping.ts'
import { useTargetWords } from './target-words.ts'

/** Columns that mean nothing to us so far; each can be told what it is. */
export function UnreadColumns(props: { seen: Inspection; onMeaning: (column: string, target: Target) => void }) {
  const t = useT()
  const { words, own } = useTargetWords()
  const { seen } = props
  if (seen.unmapped.length === 0) return <p className="soft">{t('exchange.page.all_read')}</p>
  const options = groups.map((group) => ({
    label: t(`exchange.page.group.${group}`),
    options: targetsOf(group, own)
      .filter((target) => seen.mapped[target] === undefined)
      .map((value) => ({ value, label: words(value) })),
  }))
  return (
    <details className="unread" open={seen.missing.length > 0 || undefined}>
      <summary>{t('exchange.page.unread_columns', { count: seen.unmapped.length })}</summary>
      <p className="soft">{t('exchange.page.unread_means')}</p>
      {seen.unmapped.map((column) => (
        <div key={column} className="target">
          <span className="file-name">{column}</span>
          <Select
            aria-label={t('exchange.page.meaning_of', { column })}
            placeholder={t('exchange.page.unread')}
            value={null}
            options={options}
            onChange={(target: Target | null) => target && props.onMeaning(column, target)}
            showSearch={{ optionFilterProp: 'label' }}
            popupMatchSelectWidth={false}
          />
          <span className="target-sample soft">{sampleOf(seen, column).join(' · ')}</span>
        </div>
      ))}
    </details>
  )
}
