import { useQuery } from '@tanstack/react-query'
import { Checkbox, Select } from 'antd'
import { useId } from 'react'
import { shopsContract } from '#know/shops/contract.ts'
import { eventKinds, type PathDetail, pathDetails } from '#understand/query/contract.ts'
import { WhomField } from '#understand/reports/web/panels.tsx'
import { apiOf } from '#web/api.ts'
import { useT } from '#web/i18n.ts'
import { Choices } from '#web/kit/Choices.tsx'
import type { PathAsks } from '../contract.ts'

const shops = apiOf('shops', shopsContract)
const starts = ['arrival', 'bought', ...eventKinds] as const

/** From where, which way, how far, in which days, where and whose. */
export function PathAsksForm({ asks, onChange }: { asks: PathAsks; onChange: (asks: PathAsks) => void }) {
  const t = useT()
  const id = useId()
  const set = (change: Partial<PathAsks>) => onChange({ ...asks, ...change })
  const begin = (start: PathAsks['start']) => {
    const { back, ...rest } = asks
    onChange({ ...rest, start, ...(back && start !== 'arrival' ? { back } : {}) })
  }
  const turn = (way: 'forward' | 'back') => {
    const { back: _, ...rest } = asks
    onChange(way === 'back' ? { ...rest, back: true } : rest)
  }
  return (
    <div className="path-asks">
      <div>
        <label htmlFor={`${id}-start`}>{t('paths.start')}</label>
        <Select
          id={`${id}-start`}
          value={asks.start}
          options={starts.map((value) => ({
            value,
            label: t(value === 'arrival' ? 'paths.start.arrival' : `query.event.${value}`),
          }))}
          onChange={begin}
          popupMatchSelectWidth={false}
        />
      </div>
      <div>
        <label htmlFor={`${id}-by`}>{t('paths.by')}</label>
        <Select
          id={`${id}-by`}
          value={asks.by ?? 'kind'}
          options={(['kind', ...pathDetails] as const).map((value) => ({ value, label: t(`paths.by.${value}`) }))}
          onChange={(by: 'kind' | PathDetail) => set({ by: by === 'kind' ? undefined : by })}
        />
      </div>
      <div>
        <label htmlFor={`${id}-steps`}>{t('paths.steps')}</label>
        <Select
          id={`${id}-steps`}
          value={asks.steps}
          options={[2, 3, 4, 5].map((value) => ({ value, label: t('paths.steps_of', { steps: value }) }))}
          onChange={(steps) => set({ steps })}
        />
      </div>
      <div>
        <label htmlFor={`${id}-period`}>{t('paths.period')}</label>
        <Select
          id={`${id}-period`}
          value={'days' in asks.period ? asks.period.days : 28}
          options={[1, 7, 28, 60, 90].map((value) => ({ value, label: t('paths.last', { days: value }) }))}
          onChange={(days) => set({ period: { days } })}
        />
      </div>
      <WhereField shopIds={asks.shopIds} onChange={(shopIds) => set({ shopIds })} />
      <div className="path-turn">
        {asks.start !== 'arrival' && (
          <Choices
            label={t('paths.direction')}
            value={asks.back ? 'back' : 'forward'}
            options={[
              { value: 'forward', label: t('paths.forward') },
              { value: 'back', label: t('paths.back') },
            ]}
            onPick={turn}
          />
        )}
        <Checkbox checked={asks.compare} onChange={({ target }) => set({ compare: target.checked })}>
          {t('paths.compare')}
        </Checkbox>
      </div>
      <WhomField where={asks.where} onChange={(where) => set({ where })} />
    </div>
  )
}

/** Everywhere, at a shop, or at the shops of a channel; nothing to choose where there is one shop alone. */
function WhereField({ shopIds, onChange }: { shopIds?: number[]; onChange: (shopIds?: number[]) => void }) {
  const t = useT()
  const id = useId()
  const here = useQuery(shops.query.list.queryOptions({ input: {}, staleTime: 60_000 })).data?.items ?? []
  const channels = useQuery(shops.query.channels.queryOptions({ input: {}, staleTime: 60_000 })).data?.items ?? []
  if (here.length < 2) return null
  const options = [
    { value: '', label: t('paths.everywhere') },
    ...here.map((one) => ({ value: String(one.id), label: one.name })),
    ...channels.flatMap(({ id: channel, name }) => {
      const theirs = here.filter(({ channelId }) => channelId === channel).map((one) => one.id)
      return theirs.length > 1 ? [{ value: theirs.join(' '), label: t('paths.channel', { name }) }] : []
    }),
  ]
  return (
    <div>
      <label htmlFor={id}>{t('paths.where')}</label>
      <Select
        id={id}
        value={shopIds?.join(' ') ?? ''}
        options={options}
        onChange={(value: string) => onChange(value ? value.split(' ').map(Number) : undefined)}
        popupMatchSelectWidth={false}
      />
    </div>
  )
}
