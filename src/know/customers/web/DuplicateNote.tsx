import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { useT } from '#web/i18n.ts'
import { Icon } from '#web/kit/icon.tsx'
import type { PersonInput } from '../contract.ts'
import { called } from './called.ts'
import { customers } from './customers-api.ts'
import { phoneText } from './phone-text.ts'

/** Who is probably the same person as the one being typed, and why; nothing where nobody is. */
export function DuplicateNote(props: {
  people: Partial<PersonInput>
  /** The server did not add for this reason: it is told, and the way to add all the same offered. */
  refused?: { why: string; onAnyway: () => void }
}) {
  const { refused } = props
  const t = useT()
  const { values = {}, phones = [], emails = [], member } = props.people
  const sought = Boolean(values.name || phones.length || emails.length || member)
  const found = useQuery(
    customers.query.duplicates.queryOptions({
      input: { values: pick(values), phones, emails, member },
      enabled: sought,
      placeholderData: keepPreviousData,
    }),
  )
  const people = sought ? (found.data?.items ?? []) : []
  const note = useRef<HTMLDivElement>(null)
  const told = refused !== undefined
  // The form may be longer than the screen: what was refused at its end is explained here.
  useEffect(() => {
    if (told) note.current?.scrollIntoView({ block: 'center' })
  }, [told])
  return (
    <div ref={note} aria-live="polite">
      {(people.length > 0 || refused) && (
        <div className="note">
          <Icon name="warning" />
          <div>
            <p>{refused?.why ?? t('customers.probably_same', { count: people.length })}</p>
            <ul className="likely">
              {people.slice(0, 5).map((person) => (
                <li key={person.id}>
                  <Link to={`/customers/${person.id}`}>{called(person)}</Link>{' '}
                  <span className="soft">
                    {[
                      person.phone && phoneText(person.phone),
                      person.city,
                      ...person.reasons.map((reason) => t(`customers.likeness.${reason}`)),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </li>
              ))}
            </ul>
            {refused && (
              <div className="note-actions">
                <Button onClick={refused.onAnyway}>{t('customers.add_anyway')}</Button>
              </div>
            )}
          </div>
        </div>
      )}
    </div>
  )
}

/** Only what tells people apart is asked about; the rest would ask again at every letter. */
function pick({ name, birthday, city }: PersonInput['values']): PersonInput['values'] {
  return { ...(name ? { name } : {}), ...(birthday ? { birthday } : {}), ...(city ? { city } : {}) }
}
