import { type Birthday, birthdayText } from '#know/customers/contract.ts'
import { toMinor } from '#platform/money.ts'
import { type Translate, useLocale, useT } from '#web/i18n.ts'
import { instantText, moneyText } from '#web/kit/formats.ts'
import { useSession } from '#web/session.ts'
import type { CompareSample } from '../contract.ts'

type Props = {
  entity: CompareSample['entity']
  state: CompareSample['state']
  count: number
  samples: CompareSample[]
}

/** As permissions stand in the comparison: `#consent email promotion yes`. */
const arrivalField = '#arrival'
const consentField = /^#consent (\w+) (\w+) (?:yes|no)$/

/** Some of what is new, changed or in conflict, by name, each field old → new. Folded; conflicts are open. */
export function Samples({ entity, state, count, samples }: Props) {
  const t = useT()
  if (samples.length === 0) return null
  return (
    <details className="samples" open={state === 'conflicting'}>
      <summary>
        {t(`exchange.page.samples.${state}`, {
          entity: t(`exchange.page.entity.${entity}`),
          shown: samples.length,
          count,
        })}
      </summary>
      <ul>
        {samples.map((sample) => (
          <li key={`${sample.key} ${sample.row}`} className="sample-item">
            <p>
              <strong>{sample.key}</strong>{' '}
              <span className="soft">{t('exchange.page.in_row', { row: sample.row })}</span>
            </p>
            {sample.reason && <p className="sample-reason">{t(sample.reason)}</p>}
            {sample.fields.length > 0 && <Fields sample={sample} />}
          </li>
        ))}
      </ul>
    </details>
  )
}

function Fields({ sample: { entity, state, fields } }: { sample: CompareSample }) {
  const t = useT()
  const show = useValue(entity)
  return (
    <dl className="sample-fields">
      {fields.map(({ field, old, new: next }) => (
        <div key={field}>
          <dt>{fieldName(t, entity, field)}</dt>
          <dd>
            {state !== 'new' && (
              <>
                <del>
                  <span className="sr-only">{t('exchange.page.old')}</span>
                  {show(field, old)}
                </del>
                <span aria-hidden="true"> → </span>
              </>
            )}
            <ins>
              {state !== 'new' && <span className="sr-only">{t('exchange.page.new')}</span>}
              {show(field, next)}
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function fieldName(t: Translate, entity: CompareSample['entity'], field: string): string {
  const [, channel, purpose] = consentField.exec(field) ?? []
  if (channel) return `${t(`consent.channel.${channel}`)} · ${t(`consent.purpose.${purpose}`)}`
  if (field === arrivalField) return t('exchange.page.field.arrival')
  const key = entity === 'customers' ? `customers.field.${field}` : `exchange.page.field.${field}`
  const name = t(key)
  return name === key ? field : name
}

/** Where somebody came from, as a file says it: the source, the campaign, the day. */
function arrivalText(value: string): string {
  const { way, campaign, at } = JSON.parse(value) as { way?: string; campaign?: string; at?: string }
  return [way, campaign, at?.slice(0, 10)].filter(Boolean).join(' · ')
}

/** A told value in the reader's words. Amounts come as decimal text of the merchant's currency, instants as ISO 8601. */
function useValue(entity: CompareSample['entity']): (field: string, value: string | null) => string {
  const t = useT()
  const locale = useLocale()
  const { currency, zone } = useSession().merchant
  const said = (key: string, value: string) => (t(key) === key ? value : t(key))
  return (field, value) => {
    if (value === null || value === '') return t('exchange.page.nothing')
    if (field === 'amount' || field === 'price' || field === 'cost') return amount(value)
    if (field === arrivalField) return arrivalText(value)
    if (consentField.test(field)) return t(`consent.decision.${field.endsWith(' yes') ? 'allowed' : 'refused'}`)
    if (field === 'placedAt') return instantText(locale, zone, value)
    if (field === 'kind') return said(`${entity === 'orders' ? 'orders' : 'catalog'}.kind.${value}`, value)
    if (field === 'status') return said(`exchange.page.status.${value}`, value)
    if (field === 'birthday') return birthdayText(t, JSON.parse(value) as Birthday)
    if (field === 'gender') return said(`customers.gender.${value}`, value)
    return value
  }
  function amount(value: string): string {
    const minor = toMinor(value, currency)
    return minor === undefined ? value : moneyText(locale, currency, minor)
  }
}
