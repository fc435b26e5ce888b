import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocale, useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { dayText } from '#web/kit/formats.ts'
import { Icon } from '#web/kit/icon.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { InstantText } from '#web/kit/values.tsx'
import { Why } from '#web/kit/Why.tsx'
import { useMay } from '#web/session.ts'
import type { CustomerTag, TagSaying } from '../contract.ts'
import { GiveTag } from './GiveTag.tsx'
import { TagMark } from './TagMark.tsx'
import { tags } from './tags-api.ts'
import { useTagChanges } from './use-tag-changes.ts'

/** A customer's tags, each with who says so; those taken away by hand although others say so stand behind a line. */
export function TagsPanel({ id }: { id: number }) {
  const t = useT()
  const mayEdit = useMay()('customers.edit')
  const [giving, setGiving] = useState(false)
  const changes = useTagChanges(id)
  const list = useQuery(tags.query.ofCustomer.queryOptions({ input: { id } }))
  return (
    <Loaded of={list} rows={1}>
      {({ items }) => (
        <>
          <ul className="tag-list" aria-label={t('tags.title')}>
            {(items as CustomerTag[]).map((tag) => (
              <li key={tag.tagId}>
                <span className={tag.holds ? undefined : 'off'}>
                  <TagMark name={tag.name} colour={tag.colour} />
                </span>
                <Why of={tag.name}>
                  <ul className="says">
                    {tag.sayings.map((saying) => (
                      <Saying key={`${saying.origin} ${saying.at}`} of={saying} />
                    ))}
                  </ul>
                </Why>
                {mayEdit && tag.holds && (
                  <button
                    type="button"
                    className="field-edit-button"
                    aria-label={t('tags.take', { name: tag.name })}
                    disabled={changes.take.isPending}
                    onClick={() => changes.take.mutate(tag)}
                  >
                    <Icon name="close" size={14} />
                  </button>
                )}
              </li>
            ))}
            {items.length === 0 && <li className="soft">{t('tags.none')}</li>}
            {mayEdit && !giving && (
              <li>
                <QuietButton icon="add" onClick={() => setGiving(true)}>
                  {t('tags.add')}
                </QuietButton>
              </li>
            )}
          </ul>
          {giving && (
            <GiveTag
              changes={changes}
              held={items.filter((tag) => tag.holds).map((tag) => tag.tagId)}
              onDone={() => setGiving(false)}
            />
          )}
          <ErrorNote error={changes.error} />
        </>
      )}
    </Loaded>
  )
}

function Saying({ of }: { of: TagSaying }) {
  const t = useT()
  const locale = useLocale()
  return (
    <li>
      <span>
        {t(`tags.origin.${of.origin}`)}
        {of.actorName && ` · ${of.actorName}`}
        {of.ref?.startsWith('bulk:') && ` · ${t('tags.in_bulk')}`}
        {of.state === 'no' && ` · ${t('tags.says_no')}`}
        {of.reason && ` · ${of.reason}`}
        {of.until && ` · ${t('tags.until_day', { day: dayText(locale, of.until) })}`}
      </span>
      <span className="soft">
        <InstantText at={of.at} />
      </span>
    </li>
  )
}
