import { type QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { ConfigProvider } from 'antd'
import { useEffect, useMemo, useRef } from 'react'
import { changeLocale } from '../i18n.ts'
import { useMode } from '../kit/appearance.ts'
import { usePhone } from '../kit/phone.ts'
import { themeOf } from '../kit/theme.ts'
import type { PageModule } from '../page.ts'
import { ModulesProvider } from '../panels.tsx'
import { sessionQuery } from '../session.ts'
import { useControlWords } from './control-words.ts'
import type { routerOf } from './router.tsx'

/** The staff app: theme, language, data, pages. */
export function Regulars(props: {
  modules: readonly PageModule[]
  queries: QueryClient
  router: ReturnType<typeof routerOf>
  /** Lets Ant Design's style elements pass the content security policy. */
  nonce: string
}) {
  const mode = useMode()
  const phone = usePhone()
  const theme = useMemo(() => themeOf(mode, phone), [mode, phone])
  const csp = useMemo(() => ({ nonce: props.nonce }), [props.nonce])
  return (
    <QueryClientProvider client={props.queries}>
      <ConfigProvider
        theme={theme}
        locale={useControlWords()}
        csp={csp}
        wave={{ disabled: true }}
        button={{ autoInsertSpace: false }}
      >
        <ModulesProvider modules={props.modules}>
          <PersonFollower router={props.router} />
          <RouterProvider router={props.router} />
        </ModulesProvider>
      </ConfigProvider>
    </QueryClientProvider>
  )
}

/** Follows who is signed in: their language, and the sign-in page once nobody is. */
function PersonFollower({ router }: { router: ReturnType<typeof routerOf> }) {
  const { data } = useQuery(sessionQuery)
  const staff = data?.staff
  const before = useRef(staff?.id)
  useEffect(() => {
    if (staff) void changeLocale(staff.locale)
    if (before.current !== staff?.id) void router.invalidate()
    before.current = staff?.id
  }, [staff, router])
  return null
}
