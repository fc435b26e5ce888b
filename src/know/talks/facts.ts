import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'
import { promiseKinds, talkKinds } from './contract.ts'

const talk = z.enum(talkKinds)
const promise = z.enum(promiseKinds)

/** Somebody of the shop talked with a customer. Subject: the talk. What was said stands in it, not here. */
export const talkLogged = fact('talks.logged', z.object({ talk, problem: z.boolean() }))

/** A talk was told right. Subject: the talk. */
export const talkCorrected = fact('talks.corrected', z.object({ talk }))

/** A talk that never was is taken away. Subject: the talk. */
export const talkRemoved = fact('talks.removed', z.object({ talk }))

/** Something is to be done for a customer by a day. Subject: the promise. */
export const promiseMade = fact('talks.promised', z.object({ promise, due: z.string() }))

/** It is to be done by another day, or by somebody else. Subject: the promise. */
export const promiseMoved = fact('talks.moved', z.object({ promise, due: z.string() }))

/** It is done, or let go. Subject: the promise. */
export const promiseClosed = fact('talks.closed', z.object({ promise, kept: z.boolean() }))

/** It is open again: closing it was a slip. Subject: the promise. */
export const promiseOpened = fact('talks.opened', z.object({ promise }))
