import { useQuery } from '@tanstack/react-query'
import { TreeSelect } from 'antd'
import { useMemo } from 'react'
import { type RegionShown, regionsContract } from '#know/regions/contract.ts'
import { valueContract } from '#understand/value/contract.ts'
import { apiOf } from '#web/api.ts'
import { useT } from '#web/i18n.ts'

const regions = apiOf('regions', regionsContract)
const value = apiOf('value', valueContract)

type Place = number | string
type Node = { value: Place; title: string; search: string; children?: Node[] }
type Used = { place: Place; name: string; customers: number }

/** Provinces, cities and districts of China, and the other countries that customers are in; found by name, pinyin or its first letters. */
export function RegionsField(props: {
  value: Place[] | undefined
  onChange: (places: Place[]) => void
  disabled?: boolean
}) {
  const t = useT()
  const known = useQuery(regions.query.list.queryOptions({ input: {}, staleTime: Number.POSITIVE_INFINITY }))
  const used = useQuery(value.query.regions.queryOptions({ input: {}, staleTime: 60_000 }))
  const tree = useMemo(() => treeOf(known.data?.items ?? [], used.data?.items ?? []), [known.data, used.data])
  return (
    <TreeSelect<Place[], Node>
      treeCheckable
      showCheckedStrategy={TreeSelect.SHOW_PARENT}
      aria-label={t('segments.regions')}
      placeholder={t('segments.regions')}
      style={{ minWidth: 220, maxWidth: '100%' }}
      styles={{ popup: { root: { maxWidth: '92vw', minWidth: 260 } } }}
      popupMatchSelectWidth={false}
      disabled={props.disabled}
      loading={known.isLoading}
      showSearch={{ filterTreeNode: (typed, node) => node.search.includes(typed.trim().toLowerCase()) }}
      treeData={tree}
      value={props.value ?? []}
      onChange={(places) => props.onChange(places)}
    />
  )
}

function treeOf(all: readonly RegionShown[], used: readonly Used[]): Node[] {
  const customers = countsOf(all, used)
  const nodes = new Map<Place, Node>()
  const top: Node[] = []
  const add = (place: Place, name: string, search: string, parent?: Place) => {
    const count = customers.get(place)
    const node = { value: place, title: count ? `${name} · ${count}` : name, search: `${name} ${search}`.toLowerCase() }
    nodes.set(place, node)
    const above = parent === undefined ? undefined : nodes.get(parent)
    if (above) {
      above.children ??= []
      above.children.push(node)
    } else top.push(node)
  }
  for (const { code, name, search, parent } of all) add(code, name, search, parent)
  for (const { place, name } of used) {
    if (typeof place !== 'string') continue
    const country = place.slice(0, 2)
    const whole = place.length === 2 ? name : name.slice(0, -(place.length - 2))
    if (!nodes.has(country)) add(country, whole.trim(), country)
    if (place.length > 2) add(place, place.slice(3), '', country)
  }
  return top
}

/** How many are in a region, those further in included. */
function countsOf(all: readonly RegionShown[], used: readonly Used[]): Map<Place, number> {
  const parents = new Map<Place, Place | undefined>(all.map(({ code, parent }) => [code, parent]))
  const counts = new Map<Place, number>()
  for (const { place, customers } of used) {
    const above = (one: Place) => (typeof one === 'string' && one.length > 2 ? one.slice(0, 2) : parents.get(one))
    for (let one: Place | undefined = place; one !== undefined; one = above(one)) {
      counts.set(one, (counts.get(one) ?? 0) + customers)
    }
  }
  return counts
}
