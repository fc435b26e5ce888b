import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useT } from '../i18n.ts'
import type { Found } from '../page.ts'
import { useModules } from '../panels.tsx'
import { useMay, useSession } from '../session.ts'
import { entriesOf, pagesOf } from './navigation.ts'

export type CommandGroup = { title: string; items: Found[] }

/** What the command bar offers for a text: things the modules find, pages, actions. */
export function useCommandGroups(text: string): { groups: CommandGroup[]; searching: boolean } {
  const t = useT()
  const may = useMay()
  const { staff } = useSession()
  const modules = useModules()
  const words = usePaused(text.trim(), 120)
  const providers = modules.flatMap(({ search }) => (search && may(search.may) ? [search] : []))

  const found = useQuery({
    queryKey: ['command', words],
    queryFn: ({ signal }) =>
      Promise.all(
        providers.map(async ({ title, find }) => ({
          title: t(title),
          // One search that fails leaves the others' answers.
          items: await find(words, signal).catch((): Found[] => []),
        })),
      ),
    enabled: words !== '' && providers.length > 0,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  })

  const like = (title: string, more = '') => `${title} ${more}`.toLowerCase().includes(text.trim().toLowerCase())
  const pages = modules.flatMap((module) => module.pages)
  const places = [
    ...entriesOf(modules, staff.permissions).map(({ title, to }) => ({ key: to, title: t(title), to })),
    ...pagesOf(pages, 'settings', staff.permissions).map(({ title, path }) => ({
      key: path,
      title: t(title),
      to: path,
    })),
  ].filter(({ title, to }) => like(title, to))
  const actions = modules
    .flatMap((module) => module.actions ?? [])
    .filter((action) => may(action.may))
    .map(({ title, to, words: more }) => ({ key: `action ${title}`, title: t(title), to, more }))
    .filter(({ title, more }) => like(title, more))

  const groups = [
    ...(words && text.trim() ? (found.data ?? []) : []),
    { title: t('web.command_pages'), items: places },
    { title: t('web.command_actions'), items: actions },
  ]
  return { groups: groups.filter((group) => group.items.length > 0), searching: found.isFetching }
}

/** A value once it has rested for a moment. */
function usePaused(value: string, ms: number): string {
  const [paused, setPaused] = useState(value)
  useEffect(() => {
    const pause = setTimeout(() => setPaused(value), ms)
    return () => clearTimeout(pause)
  }, [value, ms])
  return paused
}
