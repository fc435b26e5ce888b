import { Checkbox } from 'antd'
import { useT } from '#web/i18n.ts'
import { useSession } from '#web/session.ts'
import { documentKinds, lineKinds, orderStatuses, type Preset } from '../contract.ts'
import { Rates } from './Rates.tsx'
import { RuleRows } from './RuleRows.tsx'

/** What numbers, codes and words of this kind of file mean. Folded: most files need none. */
export function PresetRules({ preset, onChange }: { preset: Preset; onChange: (preset: Preset) => void }) {
  const t = useT()
  const { merchant } = useSession()
  const named = <T extends string>(of: string, values: readonly T[]) =>
    values.map((value) => ({ value, label: t(`${of}.${value}`) }))
  return (
    <details className="rules">
      <summary>{t('exchange.page.rules')}</summary>
      <RuleRows
        title={t('exchange.page.rules_documents')}
        hint={t('exchange.page.rules_documents_means')}
        word={t('exchange.page.rule_prefix')}
        kinds={named('orders.kind', documentKinds)}
        rows={preset.documents.map(({ prefix, kind }) => ({ word: prefix, kind }))}
        onChange={(rows) =>
          onChange({ ...preset, documents: rows.map(({ word, kind }) => ({ prefix: word.slice(0, 20), kind })) })
        }
      />
      <RuleRows
        title={t('exchange.page.rules_statuses')}
        hint={t('exchange.page.rules_statuses_means')}
        word={t('exchange.page.rule_status')}
        kinds={named('exchange.page.status', orderStatuses)}
        rows={Object.entries(preset.statuses).map(([word, kind]) => ({ word, kind }))}
        onChange={(rows) =>
          onChange({ ...preset, statuses: Object.fromEntries(rows.map(({ word, kind }) => [word, kind])) })
        }
      />
      <RuleRows
        title={t('exchange.page.rules_products')}
        hint={t('exchange.page.rules_products_means')}
        word={t('exchange.page.rule_code')}
        kinds={named('catalog.kind', lineKinds)}
        rows={preset.products.map(({ code, prefix, kind }) => ({ word: code ?? `${prefix}*`, kind }))}
        onChange={(rows) =>
          onChange({
            ...preset,
            products: rows.map(({ word, kind }) =>
              word.endsWith('*') ? { prefix: word.slice(0, -1), kind } : { code: word, kind },
            ),
          })
        }
      />
      {preset.currency === merchant.currency && <Rates preset={preset} onChange={onChange} />}
      <Checkbox
        checked={preset.customerNumbers === 'whole'}
        onChange={({ target }) => onChange({ ...preset, customerNumbers: target.checked ? 'whole' : 'as-written' })}
      >
        {t('exchange.page.whole_numbers')}
      </Checkbox>
    </details>
  )
}
