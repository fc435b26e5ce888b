import { useQuery } from '@tanstack/react-query'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { type ComponentType, useEffect, useState } from 'react'
import { useT } from '../i18n.ts'
import { Notices } from '../kit/notice.tsx'
import { usePhone } from '../kit/phone.ts'
import { useModules } from '../panels.tsx'
import { sessionQuery, useMay, useSession } from '../session.ts'
import { Announcer } from './Announcer.tsx'
import { BottomBar } from './BottomBar.tsx'
import { CommandBar } from './CommandBar.tsx'
import { Forbidden } from './Forbidden.tsx'
import { entriesOf } from './navigation.ts'
import { Rail } from './Rail.tsx'
import './shell.css'

/** Around every page of a signed-in person. Between the end of a session and the sign-in page nothing is shown. */
export function Shell() {
  const { data } = useQuery(sessionQuery)
  return data?.staff && data.merchant ? <Furnished /> : null
}

/** Navigation, command bar, the page, notices. */
function Furnished() {
  const t = useT()
  const phone = usePhone()
  const { staff } = useSession()
  const modules = useModules()
  const entries = entriesOf(modules, staff.permissions)
  const place = useRouterState({ select: (state) => state.location.pathname })
  const pending = useRouterState({ select: (state) => state.status === 'pending' })
  const may = useRouterState({ select: (state) => (state.matches.at(-1)?.staticData as { may?: string })?.may })
  const allowed = useMay()(may)
  const [commanding, setCommanding] = useState(false)
  const command = () => setCommanding(true)

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.altKey) return
      event.preventDefault()
      setCommanding((open) => !open)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])

  return (
    <div className="shell">
      <a className="skip" href="#content">
        {t('web.skip')}
      </a>
      {pending && <div className="page-pending" aria-hidden="true" />}
      {!phone && <Rail entries={entries} place={place} onCommand={command} />}
      <main id="content" tabIndex={-1}>
        {allowed ? <Outlet /> : <Forbidden />}
      </main>
      {phone && <BottomBar entries={entries} place={place} onCommand={command} />}
      <Notices />
      <Announcer />
      {modules.flatMap(({ offers }) => {
        const Names = offers?.['shell.names'] as ComponentType | undefined
        return Names ? [<Names key={Names.name} />] : []
      })}
      {commanding && <CommandBar onClose={() => setCommanding(false)} />}
    </div>
  )
}
