import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useT } from '#web/i18n.ts'
import type { Segment } from '../contract.ts'
import { segments } from './segments-api.ts'

function useSegments(): readonly Segment[] {
  const list = useQuery(segments.query.list.queryOptions({ input: {}, staleTime: 60_000 }))
  return (list.data?.items ?? []) as Segment[]
}

/** One of the shop's segments. */
export function ChooseSegment({ value, onChange }: { value: number | undefined; onChange: (id: number) => void }) {
  const t = useT()
  return (
    <Select
      aria-label={t('segments.which')}
      placeholder={t('segments.which')}
      value={value}
      onChange={onChange}
      showSearch={{ optionFilterProp: 'label' }}
      options={useSegments().map(({ id, name }) => ({ value: id, label: name }))}
      notFoundContent={t('segments.empty')}
      popupMatchSelectWidth={false}
    />
  )
}

/** Offered to acts on lists (know/bulk/web/segment-choice.ts). */
export const segmentChoice = {
  Choose: ChooseSegment,
  useName: () => {
    const all = useSegments()
    return (id: number) => all.find((one) => one.id === id)?.name
  },
}
