import { queryOptions, useQuery } from '@tanstack/react-query'
import { apiFetch } from './api.ts'

export type Locale = 'zh-CN' | 'zh-TW' | 'en'

export type StaffSession = {
  id: number
  name: string
  email: string
  role: string
  locale: Locale
  permissions: string[]
  /** How kinds of people's data are shown to the person; a kind that is not named is shown whole. */
  sight?: Record<string, 'full' | 'reveal' | 'masked' | 'none'>
  /** Whose customers the person sees. */
  whose?: 'all' | 'team' | 'own'
  /** Signs in with a second factor. */
  secondFactor: boolean
  /** Must set up a second factor before anything else. */
  factorDue: boolean
}

/** The one merchant of this installation: its name, its zone (days are days of it), its currency. */
export type Merchant = { name: string; zone: string; currency: string; locale: Locale }

/** Answer of `GET /session`, which is open to all. */
export type Session = {
  setUp: boolean
  staff?: StaffSession
  merchant?: Merchant
  /** The password was right; the sign-in goes on with a code. */
  secondStep?: { token: string; expiresAt: string }
  /** After a sign-in by a recovery code. */
  recoveryCodesLeft?: number
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  // Not ended with a page that leaves: the router awaits the same answer.
  queryFn: async (): Promise<Session> => (await apiFetch('/api/session')).json(),
  staleTime: 5 * 60_000,
})

/** Who is signed in. Only for pages inside the shell. */
export function useSession(): { staff: StaffSession; merchant: Merchant } {
  const { data } = useQuery(sessionQuery)
  if (!data?.staff || !data.merchant) throw new Error('A page inside the shell was shown before sign-in')
  return { staff: data.staff, merchant: data.merchant }
}

/** The merchant, also before sign-in; undefined while there is none. */
export function useMerchant(): Merchant | undefined {
  return useQuery(sessionQuery).data?.merchant
}

/** Whether the signed-in person may do this; `undefined` asks nothing. */
export function useMay(): (permission: string | undefined) => boolean {
  const { data } = useQuery(sessionQuery)
  const permissions = data?.staff?.permissions ?? []
  return (permission) => permission === undefined || allows(permissions, permission)
}

/** `*` is everything, `customers.*` a module's. */
export function allows(permissions: readonly string[], permission: string): boolean {
  const module = permission.split('.')[0]
  return permissions.some((held) => held === '*' || held === permission || held === `${module}.*`)
}

/** Ends the session on this device. */
export async function signOut(): Promise<void> {
  await apiFetch('/api/session', { method: 'DELETE' })
}

/** Gives one's password once more, for what changes who gets in; counts for 15 minutes on this device. */
export async function prove(password: string): Promise<void> {
  await apiFetch('/api/session/proof', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password }),
  })
}

/** Keeps the language for the person, so that it is there on the next device. */
export async function keepLocaleOfPerson(locale: Locale): Promise<void> {
  await apiFetch('/api/me', {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ locale }),
  })
}
