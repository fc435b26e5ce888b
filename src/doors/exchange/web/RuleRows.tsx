import { Input, Select } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { QuietButton } from '#web/kit/QuietButton.tsx'

type Rule<K extends string> = { word: string; kind: K }
type Draft<K extends string> = Rule<K> & { key: number }

/** Words and what each means, as lines that can be added and taken away. A line without a word counts for nothing. */
export function RuleRows<K extends string>(props: {
  title: string
  hint: string
  word: string
  kinds: { value: K; label: string }[]
  rows: Rule<K>[]
  onChange: (rows: Rule<K>[]) => void
}) {
  const t = useT()
  const [drafts, setDrafts] = useState<Draft<K>[]>(() => props.rows.map((row, key) => ({ ...row, key })))
  const commit = (next: Draft<K>[]) => {
    setDrafts(next)
    const rows = next.map(({ word, kind }) => ({ word: word.trim(), kind })).filter(({ word }) => word && word !== '*')
    if (JSON.stringify(rows) !== JSON.stringify(props.rows)) props.onChange(rows)
  }
  const put = (key: number, change: Partial<Rule<K>>) =>
    drafts.map((draft) => (draft.key === key ? { ...draft, ...change } : draft))
  return (
    <fieldset className="rule-rows">
      <legend>{props.title}</legend>
      <p className="soft">{props.hint}</p>
      {drafts.map(({ key, word, kind }) => (
        <div key={key} className="rule">
          <Input
            aria-label={props.word}
            placeholder={props.word}
            value={word}
            maxLength={80}
            autoComplete="off"
            onChange={({ target }) => setDrafts(put(key, { word: target.value }))}
            onBlur={() => commit(drafts)}
          />
          <Select
            aria-label={t('exchange.page.rule_means')}
            value={kind}
            options={props.kinds}
            onChange={(value: K) => commit(put(key, { kind: value }))}
          />
          <QuietButton
            icon="close"
            aria-label={t('exchange.page.rule_remove', { word })}
            onClick={() => commit(drafts.filter((draft) => draft.key !== key))}
          />
        </div>
      ))}
      <QuietButton
        icon="add"
        onClick={() =>
          setDrafts([
            ...drafts,
            { key: Math.max(-1, ...drafts.map(({ key }) => key)) + 1, word: '', kind: props.kinds[0]!.value },
          ])
        }
      >
        {t('exchange.page.rule_add')}
      </QuietButton>
    </fieldset>
  )
}
