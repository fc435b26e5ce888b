import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Condition } from '../contract.ts'
import { people } from './people-address.ts'

/** A number, or words with one, that opens the people behind it; nothing to open where there is no question. */
export function PeopleLink({ of, asOf, children }: { of: Condition | null; asOf?: string; children: ReactNode }) {
  const { to, search } = people(of, asOf)
  if (!to) return children
  return (
    <Link to={to} search={search as never}>
      {children}
    </Link>
  )
}
