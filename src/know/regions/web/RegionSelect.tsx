import { useQuery } from '@tanstack/react-query'
import { TreeSelect } from 'antd'
import { useMemo, useState } from 'react'
import { apiOf } from '#web/api.ts'
import { type RegionShown, regionsContract } from '../contract.ts'

const regions = apiOf('regions', regionsContract)

type Node = { value: number; title: string; search: string; disabled: boolean; children?: Node[] }

/** One region of China that has a centre, its own or its city's; found by name, pinyin or its first letters. Asked for when it is opened. */
export function RegionSelect({ label, onPick }: { label: string; onPick: (region: RegionShown) => void }) {
  const [opened, setOpened] = useState(false)
  const [typed, setTyped] = useState('')
  const [expanded, setExpanded] = useState<(string | number)[]>([])
  const known = useQuery(
    regions.query.list.queryOptions({ input: {}, staleTime: Number.POSITIVE_INFINITY, enabled: opened }),
  )
  const tree = useMemo(() => treeOf(known.data?.items ?? []), [known.data])
  const parents = useMemo(() => known.data?.items.flatMap(({ parent }) => parent ?? []) ?? [], [known.data])
  return (
    <TreeSelect<number, Node>
      aria-label={label}
      placeholder={label}
      style={{ width: '100%' }}
      popupMatchSelectWidth={false}
      styles={{ popup: { root: { maxWidth: '92vw', minWidth: 260 } } }}
      loading={known.isLoading}
      onOpenChange={(open) => (open ? setOpened(true) : setTyped(''))}
      // By ourselves: what was typed before the tree came would find nothing.
      treeExpandedKeys={typed ? parents : expanded}
      onTreeExpand={(keys) => setExpanded(keys.map(Number))}
      showSearch={{
        onSearch: setTyped,
        filterTreeNode: (typed, node) => node.search.includes(typed.trim().toLowerCase()),
      }}
      treeData={tree}
      onChange={(code) => {
        const found = known.data?.items.find((one) => one.code === code)
        if (found) onPick(found)
      }}
    />
  )
}

function treeOf(all: readonly RegionShown[]): Node[] {
  const nodes = new Map<number, Node>()
  const top: Node[] = []
  for (const { code, name, search, parent, centre } of all) {
    const node: Node = { value: code, title: name, search: `${name} ${search}`.toLowerCase(), disabled: !centre }
    nodes.set(code, node)
    const above = parent === undefined ? undefined : nodes.get(parent)
    if (above) {
      above.children ??= []
      above.children.push(node)
    } else top.push(node)
  }
  return top
}
