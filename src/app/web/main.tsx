import { createRoot } from 'react-dom/client'
import '#web/kit/kit.css'
import { startLanguage } from '#web/i18n.ts'
import { applyAppearance } from '#web/kit/appearance.ts'
import { sessionQuery } from '#web/session.ts'
import { createQueries } from '#web/shell/queries.ts'
import { Regulars } from '#web/shell/Regulars.tsx'
import { routerOf } from '#web/shell/router.tsx'
import { pageModules } from '../pages.ts'

// zod would try to compile checks from text, which the content security policy reports even where zod catches it.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
applyAppearance()

// After an update of the server an open window asks for code that is no longer there: one fresh start brings the new.
addEventListener('vite:preloadError', (event) => {
  if (sessionStorage.getItem('regulars.restarted') === location.href) return
  event.preventDefault()
  sessionStorage.setItem('regulars.restarted', location.href)
  location.reload()
})

const queries = createQueries()
void queries.prefetchQuery(sessionQuery)
await startLanguage()

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
const router = routerOf(pageModules, queries)
createRoot(document.getElementById('app')!).render(
  <Regulars modules={pageModules} queries={queries} router={router} nonce={nonce} />,
)
