import { Select } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import type { Inspection, Target } from '../contract.ts'
import { Missing } from './Missing.tsx'
import { type Group, groups, sampleOf, sortTargets } from './mapping.ts'
import { useTargetWords } from './target-words.ts'
import { UnreadColumns } from './UnreadColumns.tsx'
import type { Understanding } from './use-understanding.ts'

/** What each of our fields is called in the file: guessed, and corrected here. */
export function ColumnMapping({ seen, understanding }: { seen: Inspection; understanding: Understanding }) {
  const t = useT()
  return (
    <section className="panel">
      <h2>{t('exchange.page.columns')}</h2>
      <p className="soft">{t('exchange.page.columns_means')}</p>
      <Missing missing={seen.missing} />
      <div className="mapping">
        {groups.map((group) => (
          <GroupOfTargets key={group} group={group} seen={seen} onColumn={understanding.setColumn} />
        ))}
      </div>
      <UnreadColumns seen={seen} onMeaning={(column, target) => understanding.setColumn(target, column)} />
    </section>
  )
}

type OnColumn = (target: Target, column: string | undefined) => void

function GroupOfTargets({ group, seen, onColumn }: { group: Group; seen: Inspection; onColumn: OnColumn }) {
  const t = useT()
  const [added, setAdded] = useState<ReadonlySet<Target>>(new Set())
  const { words, own } = useTargetWords()
  const { shown, others } = sortTargets(group, seen.mapped, added, own)
  return (
    <fieldset className="targets">
      <legend>{t(`exchange.page.group.${group}`)}</legend>
      {shown.map((target) => (
        <TargetLine key={target} target={target} seen={seen} onColumn={onColumn} />
      ))}
      {others.length > 0 && (
        <Select
          aria-label={t('exchange.page.add_target_to', { group: t(`exchange.page.group.${group}`) })}
          placeholder={t('exchange.page.add_target')}
          variant="borderless"
          value={null}
          options={others.map((value) => ({ value, label: words(value) }))}
          onChange={(target: Target | null) => target && setAdded(new Set([...added, target]))}
          popupMatchSelectWidth={false}
        />
      )}
    </fieldset>
  )
}

function TargetLine({ target, seen, onColumn }: { target: Target; seen: Inspection; onColumn: OnColumn }) {
  const t = useT()
  const { words } = useTargetWords()
  const column = seen.mapped[target]
  return (
    <div className="target">
      <span>{words(target)}</span>
      <Select
        aria-label={words(target)}
        placeholder={t('exchange.page.no_column')}
        value={column}
        options={seen.columns.map((value) => ({ value, label: value }))}
        onChange={(value: string | undefined) => onColumn(target, value)}
        allowClear
        showSearch
        popupMatchSelectWidth={false}
      />
      <span className="target-sample soft">{column && sampleOf(seen, column).join(' · ')}</span>
    </div>
  )
}
