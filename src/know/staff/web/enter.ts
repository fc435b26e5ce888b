import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type Session, sessionQuery } from '#web/session.ts'

/**
 * Goes on into the app with a session that has just begun, to the page that was asked for before the sign-in. The page
 * before, whose address may hold a token, is not kept in the browser's history.
 */
export function useEnter(): (session: Session, to?: string) => void {
  const queries = useQueryClient()
  const router = useRouter()
  return (session, to) => {
    queries.setQueryData(sessionQuery.queryKey, session)
    router.history.replace(ownPlace(to) ? to! : '/')
  }
}

/** Whether a place is one of ours: `//elsewhere.example` and `/\elsewhere` are not. */
function ownPlace(to: string | undefined): boolean {
  return to !== undefined && /^\/(?![/\\])/.test(to)
}
