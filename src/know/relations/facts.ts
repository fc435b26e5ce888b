import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'
import { relationKind } from './contract.ts'

/** Somebody belongs to a customer; told at both, to each as what the other is. Subject: the other customer. */
export const relationSaid = fact('relations.said', z.object({ relation: relationKind }))

/** It is so no more, or never was. Subject: the other customer. */
export const relationRemoved = fact('relations.removed', z.object({ relation: relationKind }))
