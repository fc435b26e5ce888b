import type { PageModule } from '#web/page.ts'

/** Every module's pages, panels, searches and actions: each `web/pages.ts` of the house. */
const found = import.meta.glob<PageModule>('../*/*/web/pages.ts', { eager: true })

export const pageModules: readonly PageModule[] = Object.values(found)
