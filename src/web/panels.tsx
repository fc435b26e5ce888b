import { createContext, lazy, type ReactNode, Suspense, useContext, useMemo } from 'react'
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

/**
 * The panels that higher modules put on this page, each under its heading, in their order.
 * @example <Panels slot="customer" id={customer.id} />
 */
export function Panels({ slot, id }: { slot: Panel['slot']; id: number }) {
  const may = useMay()
  const modules = useModules()
  const t = useT()
  const panels = useMemo(
    () =>
      modules
        .flatMap((module) => module.panels ?? [])
        .filter((panel) => panel.slot === slot)
        .sort((a, b) => a.order - b.order)
        .map((panel) => ({ ...panel, Content: lazy(panel.load) })),
    [modules, slot],
  )
  return panels
    .filter((panel) => may(panel.may))
    .map(({ title, Content }) => (
      <section key={title} className="panel">
        <h2>{t(title)}</h2>
        <Suspense fallback={<div className="panel-waiting" />}>
          <Content id={id} />
        </Suspense>
      </section>
    ))
}
