import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { CurrencyField } from '#web/kit/CurrencyField.tsx'
import { Icon } from '#web/kit/icon.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { useSession } from '#web/session.ts'
import type { Preset } from '../contract.ts'
import { CommittedText } from './CommittedText.tsx'

/**
 * What one unit of each other currency is worth in the merchant's. Asked for where the file's own currency is another; an
 * order in a currency without a rate is left out.
 */
export function Rates({ preset, onChange }: { preset: Preset; onChange: (preset: Preset) => void }) {
  const t = useT()
  const own = useSession().merchant.currency
  const foreign = preset.currency !== own
  const [added, setAdded] = useState<string[]>([])
  const currencies = [...new Set([preset.currency, ...Object.keys(preset.rates), ...added])].filter(
    (one) => one !== own,
  )
  const put = (currency: string, rate: string | undefined) => {
    const { [currency]: _, ...others } = preset.rates
    onChange({ ...preset, rates: rate === undefined ? others : { ...others, [currency]: rate } })
  }
  return (
    <fieldset className="rule-rows">
      <legend>{t('exchange.page.rates')}</legend>
      <p className="soft">{t('exchange.page.rates_means', { own })}</p>
      {foreign && !preset.rates[preset.currency] && (
        <div className="note" role="status">
          <Icon name="warning" />
          <p>{t('exchange.page.rate_missing', { currency: preset.currency })}</p>
        </div>
      )}
      {currencies.map((currency) => (
        <div key={currency} className="rate">
          <span>{t('exchange.page.rate_of', { currency })}</span>
          <CommittedText
            label={t('exchange.page.rate_label', { currency, own })}
            value={preset.rates[currency] ?? ''}
            most={20}
            decimal
            fits={(text) => /^\d{1,9}(\.\d{1,10})?$/.test(text) && Number(text) > 0}
            onCommit={(rate) => put(currency, rate)}
          />
          <span>{own}</span>
          {currency in preset.rates && (
            <QuietButton
              icon="close"
              aria-label={t('exchange.page.rate_remove', { currency })}
              onClick={() => put(currency, undefined)}
            />
          )}
        </div>
      ))}
      <div className="rate-add">
        <CurrencyField
          label={t('exchange.page.rate_add')}
          value={null}
          onChange={(currency) => setAdded([...added, currency])}
        />
      </div>
    </fieldset>
  )
}
