import { z } from 'zod'

/** Shapes that tell of a person, with whose they are: `customers`. What shows one is a look at personal data. */
const marked = z.registry<{ of: string }>()

/** Marks a shape as telling of a person. @example phone: ofPerson('customers', z.string().nullable()) */
export function ofPerson<T extends z.ZodType>(of: string, shape: T): T {
  marked.add(shape, { of })
  return shape
}

const known = new WeakMap<z.ZodType, string | null>()

/** Whose personal data an answer of this shape tells; nothing where none. Each shape is walked once. */
export function personIn(shape: z.ZodType): string | undefined {
  const cached = known.get(shape)
  if (cached !== undefined) return cached ?? undefined
  known.set(shape, null) // a shape that holds itself ends here
  let found = marked.get(shape)?.of
  for (const part of found ? [] : partsOf(shape)) {
    found = personIn(part)
    if (found) break
  }
  known.set(shape, found ?? null)
  return found
}

type Def = {
  shape?: Record<string, z.ZodType>
  element?: z.ZodType
  innerType?: z.ZodType
  valueType?: z.ZodType
  options?: z.ZodType[]
  items?: z.ZodType[]
  getter?: () => z.ZodType
  in?: z.ZodType
  out?: z.ZodType
  left?: z.ZodType
  right?: z.ZodType
}

function partsOf(shape: z.ZodType): z.ZodType[] {
  const def = shape.def as unknown as Def
  return [
    ...Object.values(def.shape ?? {}),
    ...(def.options ?? []),
    ...(def.items ?? []),
    def.element,
    def.innerType,
    def.valueType,
    def.getter?.(),
    def.in,
    def.out,
    def.left,
    def.right,
  ].filter((part): part is z.ZodType => part instanceof z.ZodType)
}
