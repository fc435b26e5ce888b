import { createORPCClient } from '@orpc/client'
import type { AnyContractRouter, ContractRouterClient } from '@orpc/contract'
import type { JsonifiedClient } from '@orpc/openapi-client'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { createTanstackQueryUtils, type RouterUtils } from '@orpc/tanstack-query'
import { currentLocale } from './i18n.ts'
import { OnceKeys } from './once-keys.ts'
import { ProblemError, problemIn, problemOf } from './problem-error.ts'

/** What a call may carry beside its input: for an edit, the version it was made from. */
export type CallContext = { ifMatch?: number }

type Call<C extends AnyContractRouter> = JsonifiedClient<ContractRouterClient<C, CallContext>>

/** A module's endpoints: `call` as functions, `query` as options for TanStack Query. */
export type Api<C extends AnyContractRouter> = { call: Call<C>; query: RouterUtils<Call<C>> }

/**
 * The typed client of a module's contract. A failed answer is thrown as `ProblemError`.
 * @example
 * const customers = apiOf('customers', customersContract)
 * const list = useQuery(customers.query.list.queryOptions({ input: { limit: 20 }, placeholderData: keepPreviousData }))
 * const edit = useMutation(customers.query.edit.mutationOptions({ context: { ifMatch: customer.version } }))
 * const added = await customers.call.add({ name: '王小明' })
 */
export function apiOf<const C extends AnyContractRouter>(name: string, contract: C): Api<C> {
  const keys = new OnceKeys()
  const link = new OpenAPILink<CallContext>(contract, {
    url: () => `${location.origin}/api`,
    headers: ({ context }, path, input) => {
      const headers: Record<string, string> = {}
      if (context.ifMatch !== undefined) headers['if-match'] = `"${context.ifMatch}"`
      if (isOnce(contract, path)) headers['idempotency-key'] = keys.of(path, input)
      return headers
    },
    fetch: async (request, init, _options, path, input) => {
      try {
        const response = await apiFetch(request, init as RequestInit)
        keys.answered(path, input)
        return response
      } catch (error) {
        // Refused for certain: nothing happened. While the first try is still worked on, its key stays.
        const { status, code } = problemOf(error)
        if (status >= 400 && status < 500 && code !== 'http.key_busy') keys.answered(path, input)
        throw error
      }
    },
  })
  const call = createORPCClient(link) as Call<C>
  return { call, query: createTanstackQueryUtils(call as never, { path: [name] }) as unknown as RouterUtils<Call<C>> }
}

/**
 * `fetch` to our own server in the reader's language; for endpoints that a contract cannot say (uploads, downloads).
 * @throws ProblemError where the answer is not a success, or there is none
 */
export async function apiFetch(request: Request | string, init?: RequestInit): Promise<Response> {
  const wanted = new Request(request, init)
  wanted.headers.set('accept-language', currentLocale())
  const response = await fetch(wanted).catch((error: unknown) => {
    if (wanted.signal.aborted) throw error
    throw new ProblemError({ code: 'web.unreachable', status: 0, title: '' })
  })
  if (!response.ok) throw await problemIn(response)
  return response
}

function isOnce(contract: AnyContractRouter, path: readonly string[]): boolean {
  let at = contract as Record<string, unknown>
  for (const part of path) at = at[part] as Record<string, unknown>
  return (at['~orpc'] as { meta: { once?: boolean } }).meta.once === true
}
