import { machineryOfPerson, type OfPerson, type PersonColumns, type PersonTable } from '#platform/person/index.ts'

/** What a module told of people, under its name. */
export type Told = OfPerson & { module: string }

/** All that the house holds of people, in the order of dependency; the machinery's own first. */
export type Registry = {
  modules: readonly Told[]
  tables: readonly (PersonTable & { module: string })[]
  columns: readonly (PersonColumns & { module: string })[]
  nobodys: ReadonlySet<string>
  nobodysColumns: ReadonlySet<string>
}

export function registryOf(told: readonly Told[]): Registry {
  const modules = [{ ...machineryOfPerson, module: 'house' }, ...told]
  return {
    modules,
    tables: modules.flatMap(({ module, tables = [] }) => tables.map((one) => ({ ...one, module }))),
    columns: modules.flatMap(({ module, columns = [] }) => columns.map((one) => ({ ...one, module }))),
    nobodys: new Set(modules.flatMap(({ nobodys = [] }) => nobodys)),
    nobodysColumns: new Set(modules.flatMap(({ nobodysColumns = [] }) => nobodysColumns)),
  }
}

/** Tables that no module, or more than one, has told of. */
export function untold(names: readonly string[], declared: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const name of declared) counts.set(name, (counts.get(name) ?? 0) + 1)
  const missing = names.filter((name) => !counts.has(name)).map((name) => `${name}: told by no module`)
  const unknown = [...counts.keys()]
    .filter((name) => !names.includes(name))
    .map((name) => `${name}: there is no such table`)
  const twice = [...counts].filter(([, count]) => count > 1).map(([name]) => `${name}: told by more than one module`)
  return [...missing, ...unknown, ...twice].sort()
}
