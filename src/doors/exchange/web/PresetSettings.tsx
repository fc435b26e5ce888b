import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { type ReactNode, useId } from 'react'
import { shopsContract } from '#know/shops/contract.ts'
import { apiOf } from '#web/api.ts'
import { useT } from '#web/i18n.ts'
import { CurrencyField } from '#web/kit/CurrencyField.tsx'
import { ZoneField } from '#web/kit/ZoneField.tsx'
import { useMay, useSession } from '#web/session.ts'
import { dateOrders, type Preset } from '../contract.ts'
import { CommittedText } from './CommittedText.tsx'
import { PresetRules } from './PresetRules.tsx'
import { Rates } from './Rates.tsx'

const shops = apiOf('shops', shopsContract)

/** What no column says: where the file is from, which shop sold, zone, currency, how dates are written. */
export function PresetSettings({ preset, onChange }: { preset: Preset; onChange: (preset: Preset) => void }) {
  const t = useT()
  const may = useMay()
  const { merchant } = useSession()
  const list = useQuery(shops.query.list.queryOptions({ input: {}, enabled: may('shops.read') }))
  const shopOptions = (list.data?.items ?? [])
    .filter((shop) => !shop.archived || shop.code === preset.shop)
    .map(({ code, name }) => ({ value: code, label: name }))
  const source = (change: Partial<Preset['source']>) => onChange({ ...preset, source: { ...preset.source, ...change } })
  return (
    <section className="panel">
      <h2>{t('exchange.page.settings')}</h2>
      <div className="preset-fields">
        <Field label={t('exchange.page.source')} hint={t('exchange.page.source_means')}>
          {(id) => (
            <CommittedText
              id={id}
              value={preset.source.name}
              most={80}
              fits={(name) => name !== ''}
              onCommit={(name) => source({ name })}
            />
          )}
        </Field>
        <Field label={t('exchange.page.source_code')} hint={t('exchange.page.source_code_means')}>
          {(id) => (
            <CommittedText
              id={id}
              value={preset.source.code}
              most={40}
              fits={(code) => /^[a-z0-9][a-z0-9-]{0,39}$/.test(code)}
              onCommit={(code) => source({ code })}
            />
          )}
        </Field>
        {shopOptions.length > 1 && (
          <Field label={t('exchange.page.shop')} hint={t('exchange.page.shop_means')}>
            {(id) => (
              <Select
                id={id}
                value={preset.shop}
                placeholder={t('exchange.page.shop_first')}
                options={shopOptions}
                onChange={(shop: string | undefined) => onChange({ ...preset, shop })}
                allowClear
              />
            )}
          </Field>
        )}
        <Field label={t('exchange.page.zone')} hint={t('exchange.page.zone_means')}>
          {(id) => <ZoneField id={id} value={preset.zone} onChange={(zone) => onChange({ ...preset, zone })} />}
        </Field>
        <Field label={t('exchange.page.currency')} hint={t('exchange.page.currency_means')}>
          {(id) => (
            <CurrencyField id={id} value={preset.currency} onChange={(currency) => onChange({ ...preset, currency })} />
          )}
        </Field>
        <Field label={t('exchange.page.dates')} hint={t('exchange.page.dates_means')}>
          {(id) => (
            <Select
              id={id}
              value={preset.dates}
              options={dateOrders.map((value) => ({ value, label: t(`exchange.page.dates.${value}`) }))}
              onChange={(dates) => onChange({ ...preset, dates })}
            />
          )}
        </Field>
      </div>
      {preset.currency !== merchant.currency && <Rates preset={preset} onChange={onChange} />}
      <PresetRules preset={preset} onChange={onChange} />
    </section>
  )
}

function Field(props: { label: string; hint: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id}>{props.label}</label>
      {props.children(id)}
      <p className="soft">{props.hint}</p>
    </div>
  )
}
