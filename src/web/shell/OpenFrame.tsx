import { Outlet } from '@tanstack/react-router'
import { useT } from '../i18n.ts'
import { Notices } from '../kit/notice.tsx'
import { LocaleSwitch } from '../kit/Switches.tsx'
import { Announcer } from './Announcer.tsx'
import { Seal } from './Seal.tsx'
import './shell.css'

/** Around the pages before sign-in: the house's name, the languages, nothing else. */
export function OpenFrame() {
  const t = useT()
  return (
    <div className="open-frame">
      <header>
        <span className="rail-brand">
          <Seal />
          <span>{t('web.app_name')}</span>
        </span>
        <LocaleSwitch />
      </header>
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
      <Notices />
      <Announcer />
    </div>
  )
}
