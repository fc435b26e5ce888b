import type { Condition } from '../contract.ts'
import type { Names } from './names.ts'
import type { Reader } from './reader.ts'

/** A kind of condition in the language: by which words it begins, how it goes on, and how it is written. */
export type Form<Is extends Condition['is'] = Condition['is']> = {
  is: readonly Is[]
  heads: readonly string[]
  /** What follows the head. */
  read(reader: Reader, head: string): Condition
  write(condition: Extract<Condition, { is: Is }>, names: Names): string
}

export function form<Is extends Condition['is']>(one: Form<Is>): Form {
  return one as unknown as Form
}
