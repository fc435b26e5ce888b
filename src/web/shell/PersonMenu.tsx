import { useQueryClient } from '@tanstack/react-query'
import { useT } from '../i18n.ts'
import { QuietButton } from '../kit/QuietButton.tsx'
import { forgetRemembered } from '../kit/remembered.ts'
import { AppearanceSwitch, LocaleSwitch } from '../kit/Switches.tsx'
import { keepLocaleOfPerson, sessionQuery, signOut, useSession } from '../session.ts'

/** Language, light or dark, and the way out. */
export function PersonMenu() {
  const t = useT()
  const queries = useQueryClient()
  const { staff } = useSession()

  async function leave() {
    await signOut()
    forgetRemembered()
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionQuery.queryKey[0] })
    await queries.invalidateQueries(sessionQuery)
  }

  return (
    <div className="person-menu">
      <p>
        <strong>{staff.name}</strong>
        <span className="soft">{staff.email}</span>
      </p>
      <LocaleSwitch
        onChosen={(locale) => {
          queries.setQueryData(sessionQuery.queryKey, (session) =>
            session?.staff ? { ...session, staff: { ...session.staff, locale } } : session,
          )
          void keepLocaleOfPerson(locale).catch(() => {})
        }}
      />
      <AppearanceSwitch />
      <QuietButton icon="leave" onClick={() => void leave()}>
        {t('web.sign_out')}
      </QuietButton>
    </div>
  )
}
