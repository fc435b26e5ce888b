/** One place of the input that cannot be used: a JSON Pointer into it, and why. */
export type ProblemPlace = { pointer: string; code: string; message: string }

/**
 * An answer that says no (RFC 9457), or no answer at all (`code` web.unreachable, status 0).
 * @example catch (error) { if (problemOf(error).code === 'http.stale') … }
 */
export class ProblemError extends Error {
  readonly code: string
  readonly status: number
  /** What happened, in the reader's language; empty when there was no answer. */
  readonly title: string
  readonly detail?: string
  /** The request's number, for the operator. */
  readonly instance?: string
  readonly params: Record<string, string | number | undefined>
  readonly places: readonly ProblemPlace[]

  constructor(problem: {
    code: string
    status: number
    title: string
    detail?: string
    instance?: string
    params?: Record<string, string | number | undefined>
    errors?: ProblemPlace[]
  }) {
    super(problem.code)
    this.name = 'ProblemError'
    this.code = problem.code
    this.status = problem.status
    this.title = problem.title
    this.detail = problem.detail
    this.instance = problem.instance
    this.params = problem.params ?? {}
    this.places = problem.errors ?? []
  }
}

/** Any thrown value as a problem; a mistake of the page itself is `web.bug`. */
export function problemOf(error: unknown): ProblemError {
  return error instanceof ProblemError ? error : new ProblemError({ code: 'web.bug', status: 0, title: '' })
}

/** The problem that a failed answer carries. A proxy's page, which is no problem+json, becomes one by its status. */
export async function problemIn(response: Response): Promise<ProblemError> {
  const { status } = response
  const body: unknown = await response.json().catch(() => undefined)
  if (body && typeof body === 'object' && 'code' in body) {
    return new ProblemError({ title: '', ...(body as object), status } as ConstructorParameters<typeof ProblemError>[0])
  }
  return new ProblemError({ code: status >= 500 ? 'web.server' : 'web.refused', status, title: '' })
}
