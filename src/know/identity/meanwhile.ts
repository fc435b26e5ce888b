import { setTimeout } from 'node:timers/promises'

/**
 * Does work of this process while Postgres has its own. Of a large batch the statement goes out first: milliseconds, in which a megabyte
 * of parameters arrives; a small one would only wait for them.
 */
export async function meanwhile<T, U>(isLarge: boolean, statement: Promise<T>, work: () => U): Promise<[T, U]> {
  return Promise.all([statement, isLarge ? setTimeout(10).then(work) : work()])
}
