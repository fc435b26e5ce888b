import type { ReactNode } from 'react'
import type { CustomerRow } from '#know/customers/contract.ts'
import { called, phoneText, useFieldWords } from '#know/customers/web/people.ts'
import { useColleagues } from '#know/staff/web/people.ts'
import { useT } from '#web/i18n.ts'
import { Icon } from '#web/kit/icon.tsx'
import { Count, Money } from '#web/kit/values.tsx'
import type { MergePreview, PreviewLine } from '../contract.ts'

/** How the merged customer will look: each field with whom it comes from, what stays beside it, numbers of each and of both. */
export function Preview({ of: preview }: { of: MergePreview }) {
  const t = useT()
  const words = useFieldWords()
  const { nameOf } = useColleagues()
  const people = [preview.into, ...preview.from] as CustomerRow[]
  const name = (id: number) => t('identity.person', { name: called(people.find((one) => one.id === id)!), id })
  const { ownerId, fromId } = preview.owner
  return (
    <>
      {preview.objections.map((objection) => (
        <p key={objection} className="note">
          <Icon name="warning" /> {t(`identity.objection.${objection}`)}
        </p>
      ))}
      <dl className="facts merge-preview">
        {preview.fields.map(({ field, value, fromId, others }) => (
          <Line key={field} label={words.label(field)}>
            <strong>{words.text(field, value)}</strong>{' '}
            <span className="soft">{t('identity.from_whom', { name: name(fromId) })}</span>
            {others.map((other) => (
              <span key={other.customerId} className="soft beside">
                {t('identity.preview_others')}: {words.text(field, other.value)} · {name(other.customerId)}
              </span>
            ))}
          </Line>
        ))}
        {preview.identifiers.length > 0 && (
          <Line label={t('identity.preview_identifiers')}>
            <ul className="plain">
              {preview.identifiers.map(({ kind, scope, value, customerId }) => (
                <li key={`${kind} ${scope} ${value} ${customerId}`}>
                  {t(`customers.field.${kind}`)} {kind === 'phone' ? phoneText(value) : value}{' '}
                  <span className="soft">{name(customerId)}</span>
                </li>
              ))}
            </ul>
          </Line>
        )}
        {ownerId !== null && (
          <Line label={t('identity.preview_owner')}>
            {nameOf(ownerId) ?? `#${ownerId}`}{' '}
            {fromId !== null && <span className="soft">{t('identity.from_whom', { name: name(fromId) })}</span>}
          </Line>
        )}
        {preview.lines.map((line) => (
          <Line key={line.what} label={t(`identity.preview.${line.what}`)}>
            <strong>
              <Value of={line} value={line.after} />
            </strong>
            {line.before.map((one) => (
              <span key={one.customerId} className="soft beside">
                <Value of={line} value={one.value} /> · {name(one.customerId)}
              </span>
            ))}
          </Line>
        ))}
      </dl>
    </>
  )
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  )
}

function Value({ of, value }: { of: PreviewLine; value: PreviewLine['after'] }) {
  const t = useT()
  if (value === null) return <>—</>
  if (of.unit === 'words') return <>{t(String(value))}</>
  return of.unit === 'money' ? <Money minor={Number(value)} /> : <Count value={Number(value)} />
}
