import { useQuery } from '@tanstack/react-query'
import { useWays } from '#know/arrivals/web/people.ts'
import type { ListingView } from '#know/customers/web/panels.ts'
import { useColleagues } from '#know/staff/web/people.ts'
import { TagMark, useTags } from '#know/tags/web/people.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { Filter } from '#web/kit/FilterBar.tsx'
import { countText, dayText } from '#web/kit/formats.ts'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { StageMark, stages } from '#web/kit/StageMark.tsx'
import { ValueMark, valueClasses } from '#web/kit/ValueMark.tsx'
import { useSession } from '#web/session.ts'
import { OwnFilter } from './OwnFilter.tsx'
import { QuestionText } from './QuestionText.tsx'
import { value } from './value-api.ts'
import { openedBy } from './view-question.ts'

/** Filters by stage, class and place; and, when a number opened the list, what it counted. */
export function ListingFilters({ view, onChange }: { view: ListingView; onChange: (change: ListingView) => void }) {
  const t = useT()
  const locale = useLocale()
  const { id: me, whose = 'all' } = useSession().staff
  const { all: colleagues } = useColleagues()
  const { all: tags } = useTags()
  const { offered: ways } = useWays()
  const facets = useQuery(value.query.facets.queryOptions({ input: { country: view.country || undefined } }))
  const choices = (found: { value: string; customers: number }[] | undefined) =>
    (found ?? []).map((one) => ({ value: one.value, label: `${one.value} (${countText(locale, one.customers)})` }))
  const opened = openedBy(view.where ?? '')
  return (
    <>
      <Filter
        label={t('value.column.stage')}
        value={view.stage ?? ''}
        options={stages.map((stage) => ({ value: stage, label: <StageMark stage={stage} /> }))}
        onPick={(stage) => onChange({ stage })}
      />
      <Filter
        label={t('value.column.class')}
        value={view.class ?? ''}
        options={valueClasses.map((one) => ({ value: one, label: <ValueMark value={one} /> }))}
        onPick={(picked) => onChange({ class: picked })}
      />
      <Filter
        label={t('value.column.country')}
        value={view.country ?? ''}
        options={choices(facets.data?.country)}
        onPick={(country) => onChange({ country, city: '' })}
      />
      {(facets.data?.city.length ?? 0) > 0 && (
        <Filter
          label={t('value.column.city')}
          value={view.city ?? ''}
          options={choices(facets.data?.city)}
          onPick={(city) => onChange({ city })}
        />
      )}
      {tags.length > 0 && (
        <Filter
          label={t('value.tag')}
          value={view.tag ?? ''}
          options={tags.map((tag) => ({ value: String(tag.id), label: <TagMark {...tag} /> }))}
          onPick={(tag) => onChange({ tag })}
        />
      )}
      <Filter
        label={t('value.source')}
        value={view.source ?? ''}
        options={[
          ...ways.map(({ id, name }) => ({ value: String(id), label: name })),
          { value: 'unknown', label: t('value.source_unknown') },
        ]}
        onPick={(source) => onChange({ source })}
      />
      <OwnFilter value={view.own ?? ''} onPick={(own) => onChange({ own })} />
      <Filter
        label={t('value.talked')}
        value={view.talked ?? ''}
        options={['next', '30', '90', '180', 'never'].map((one) => ({ value: one, label: t(`value.talked.${one}`) }))}
        onPick={(talked) => onChange({ talked })}
      />
      {whose !== 'own' && (
        <Filter
          label={t('value.column.owner')}
          value={view.owner ?? ''}
          options={[
            { value: String(me), label: t('value.mine') },
            ...(whose === 'all' ? [{ value: 'nobody', label: t('value.unowned') }] : []),
            ...colleagues
              .filter((one) => one.active && one.id !== me)
              .map((one) => ({ value: String(one.id), label: one.name })),
          ]}
          onPick={(owner) => onChange({ owner })}
        />
      )}
      {(opened || view.asOf) && (
        <p className="opened">
          {opened && <QuestionText of={opened} />}
          {opened && view.asOf && ' · '}
          {view.asOf && t('web.as_of', { when: dayText(locale, view.asOf) })}{' '}
          <QuietButton onClick={() => onChange({ where: '', asOf: '' })}>{t('value.show_all')}</QuietButton>
        </p>
      )}
    </>
  )
}
