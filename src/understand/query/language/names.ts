/** What is called by a name in a text and by a number in the tree. A choice is one of an own field. */
export const nameKinds = [
  'tag',
  'shop',
  'staff',
  'way',
  'product',
  'brand',
  'field',
  'choice',
  'segment',
  'snapshot',
  'state',
] as const
export type NameKind = (typeof nameKinds)[number]

export type Named = { id: number; name: string }
export type OwnFieldNamed = Named & { kind: string; choices: readonly Named[] }

/** What a shop calls its things, and how many digits its money has after the point. */
export type Dictionary = {
  digits: number
  /** The reader's language, in which places are written; zh-CN unless told. */
  locale?: string
  lists: Partial<Record<Exclude<NameKind, 'field' | 'choice'>, readonly Named[]>>
  fields: readonly OwnFieldNamed[]
}

export type Names = {
  digits: number
  locale: string
  /** The number of a name: as written, else as written in another case where only one is. */
  idOf(kind: NameKind, name: string, fieldId?: number): number | undefined
  /** Undefined where there is none, or where the name would be read as another. */
  nameOf(kind: NameKind, id: number, fieldId?: number): string | undefined
  all(kind: NameKind, fieldId?: number): readonly string[]
  list(kind: keyof Dictionary['lists']): readonly Named[]
  /** money, number, day…; undefined where there is no such field. */
  fieldKind(id: number): string | undefined
}

export function namesOf({ digits, locale = 'zh-CN', lists, fields }: Dictionary): Names {
  const tables = new Map<string, ReturnType<typeof tableOf>>()
  const table = (kind: NameKind, fieldId?: number) => {
    const key = `${kind} ${fieldId ?? ''}`
    const known = tables.get(key)
    if (known) return known
    const made = tableOf(
      kind === 'field'
        ? fields
        : kind === 'choice'
          ? (fields.find(({ id }) => id === fieldId)?.choices ?? [])
          : (lists[kind] ?? []),
    )
    tables.set(key, made)
    return made
  }
  return {
    digits,
    locale,
    idOf: (kind, name, fieldId) => table(kind, fieldId).idOf(name),
    nameOf(kind, id, fieldId) {
      const { names, idOf } = table(kind, fieldId)
      const name = names.get(id)
      return name !== undefined && idOf(name) === id ? name : undefined
    },
    all: (kind, fieldId) => [...table(kind, fieldId).names.values()],
    list: (kind) => lists[kind] ?? [],
    fieldKind: (id) => fields.find((one) => one.id === id)?.kind,
  }
}

function tableOf(list: readonly Named[]) {
  const exact = new Map<string, number | null>()
  const folded = new Map<string, number | null>()
  const add = (map: Map<string, number | null>, name: string, id: number) => map.set(name, map.has(name) ? null : id)
  for (const { id, name } of list) {
    add(exact, name, id)
    add(folded, name.toLowerCase(), id)
  }
  return {
    names: new Map(list.map(({ id, name }) => [id, name])),
    idOf(name: string): number | undefined {
      const found = exact.has(name) ? exact.get(name) : folded.get(name.toLowerCase())
      return found ?? undefined
    },
  }
}
