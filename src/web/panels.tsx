import {
  type ComponentType,
  createContext,
  type LazyExoticComponent,
  lazy,
  type ReactNode,
  Suspense,
  useContext,
  useMemo,
} from 'react'
import { useT } from './i18n.ts'
import type { PageModule, Panel } from './page.ts'
import { useMay } from './session.ts'

const Modules = createContext<readonly PageModule[]>([])

/** Makes the modules' panels, searches and actions known to the shell and the pages. */
export function ModulesProvider({ modules, children }: { modules: readonly PageModule[]; children: ReactNode }) {
  return <Modules value={modules}>{children}</Modules>
}

export function useModules(): readonly PageModule[] {
  return useContext(Modules)
}

/** What the first module that offers something by this name brings (`PageModule.offers`). */
export function useOffer<T>(name: string): T | undefined {
  const modules = useModules()
  return useMemo(
    () => modules.find((module) => module.offers?.[name])?.offers?.[name] as T | undefined,
    [modules, name],
  )
}

/** The panels of a slot that this person may see, in their order. `id` is that of the heading's element. */
export function usePanels(
  slot: Panel['slot'],
): readonly (Panel & { id: string; Content: LazyExoticComponent<ComponentType<{ id: number }>> })[] {
  const may = useMay()
  const modules = useModules()
  const panels = useMemo(
    () =>
      modules
        .flatMap((module) => module.panels ?? [])
        .filter((panel) => panel.slot === slot)
        .sort((a, b) => a.order - b.order)
        .map((panel) => ({ ...panel, id: panel.title.replaceAll('.', '-'), Content: lazy(panel.load) })),
    [modules, slot],
  )
  return panels.filter((panel) => may(panel.may))
}

/**
 * The panels that higher modules put on this page, each under its heading, in their order.
 * @param props.from only those of this order and above; `below`: only those below it
 * @example <Panels slot="customer" id={customer.id} />
 */
export function Panels(props: { slot: Panel['slot']; id: number; from?: number; below?: number }) {
  const { slot, id, from = Number.NEGATIVE_INFINITY, below = Number.POSITIVE_INFINITY } = props
  const t = useT()
  return usePanels(slot)
    .filter(({ order }) => order >= from && order < below)
    .map(({ id: heading, title, Content }) => (
      <section key={title} className="panel" aria-labelledby={heading}>
        <h2 id={heading}>{t(title)}</h2>
        <Suspense fallback={<div className="panel-waiting" />}>
          <Content id={id} />
        </Suspense>
      </section>
    ))
}
