import type { Condition } from '../contract.ts'
import { forms } from './forms.ts'
import type { Names } from './names.ts'

const byIs = new Map(forms.flatMap((form) => form.is.map((is) => [is, form] as const)))

/** A tree as text: `parse` makes the same tree of it. What does not fit in a line of `width` letters is broken at and, or. */
export function format(tree: Condition, names: Names, width = 100): string {
  return written(tree, names, width, '')
}

function written(tree: Condition, names: Names, width: number, indent: string): string {
  const line = oneLine(tree, names)
  if (line.length <= width || (tree.is !== 'and' && tree.is !== 'or') || tree.of.length < 2) return line
  const parts = tree.of.map((one) => {
    const inner = oneLine(one, names)
    if (!isGroup(one)) return inner
    if (inner.length + 2 <= width) return `(${inner})`
    return `(\n${indent}  ${written(one, names, width, `${indent}  `)}\n${indent})`
  })
  return parts.join(`\n${indent}${tree.is} `)
}

function oneLine(tree: Condition, names: Names): string {
  switch (tree.is) {
    case 'and':
    case 'or':
      // A group of one, or of none, would be read as what stands in it.
      if (tree.of.length < 2)
        return `${tree.is === 'and' ? 'all' : 'any'}(${tree.of.map((one) => oneLine(one, names)).join('')})`
      return tree.of.map((one) => inner(one, names)).join(` ${tree.is} `)
    case 'not':
      return `not ${inner(tree.of, names)}`
    default:
      return byIs.get(tree.is)!.write(tree, names)
  }
}

function inner(tree: Condition, names: Names): string {
  return isGroup(tree) ? `(${oneLine(tree, names)})` : oneLine(tree, names)
}

function isGroup(tree: Condition): boolean {
  return (tree.is === 'and' || tree.is === 'or') && tree.of.length > 1
}
