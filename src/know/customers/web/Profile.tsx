import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { useMay } from '#web/session.ts'
import { type CustomerPage, fieldGroups, fieldKeys, fieldOf } from '../contract.ts'
import { FieldLine } from './FieldLine.tsx'
import { useFieldWords } from './field-words.ts'

/** What is known of a person, by groups. Empty fields wait behind a button, so that the known stands out. */
export function Profile({ customer }: { customer: CustomerPage }) {
  const t = useT()
  const mayEdit = useMay()('customers.edit')
  const [all, setAll] = useState(false)
  const known = new Set<string>(customer.values.map((one) => one.field))
  const { own } = useFieldWords()
  const shown = fieldKeys.filter((field) => all || known.has(field))
  const shownOwn = own.filter(({ key }) => all || known.has(key))
  const missing = fieldKeys.length + own.length - known.size
  return (
    <section className="panel" aria-labelledby="profile">
      <h2 id="profile">{t('customers.profile')}</h2>
      {shown.length + shownOwn.length === 0 && <p className="soft">{t('customers.nothing_known')}</p>}
      <div className="profile">
        {fieldGroups.map((group) => {
          const fields = shown.filter((field) => fieldOf(field).group === group)
          if (fields.length === 0) return null
          return (
            <div key={group}>
              <h3>{t(`customers.group.${group}`)}</h3>
              <dl className="facts">
                {fields.map((field) => (
                  <Line key={field} label={t(`customers.field.${field}`)}>
                    <FieldLine customer={customer} field={field} mayEdit={mayEdit} />
                  </Line>
                ))}
                {group === 'place' && customer.region && (
                  <Line label={t('customers.region')}>
                    {customer.region} <small className="soft">{t('customers.region_read')}</small>
                  </Line>
                )}
              </dl>
            </div>
          )
        })}
        {shownOwn.length > 0 && (
          <div>
            <h3>{t('customers.group.own')}</h3>
            <dl className="facts">
              {shownOwn.map(({ key, name }) => (
                <Line key={key} label={name}>
                  <FieldLine customer={customer} field={key} mayEdit={mayEdit} />
                </Line>
              ))}
            </dl>
          </div>
        )}
      </div>
      {missing > 0 && (
        <QuietButton aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('customers.known_only') : t('customers.show_missing', { count: missing })}
        </QuietButton>
      )}
    </section>
  )
}

function Line({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  )
}
