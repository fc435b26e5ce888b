import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { dark, light, type Palette, variableOf } from './palette.ts'

const css = readFileSync(new URL('kit.css', import.meta.url), 'utf8')
const modes: [string, Palette, string][] = [
  ['light', light, css.slice(css.indexOf(':root {'), css.indexOf('}'))],
  ['dark', dark, css.slice(css.indexOf(':root[data-theme="dark"] {'))],
]

test.each(modes)('the %s style sheet has the colours of the palette', (_name, palette, block) => {
  for (const [name, colour] of Object.entries(palette)) {
    const written = new RegExp(`${variableOf(name)}: (#\\w+);`).exec(block)?.[1]

    expect(written, variableOf(name)).toBe(colour)
  }
})

test.each(modes)('%s text can be read by people who see little contrast', (_name, palette) => {
  const grounds = [palette.paper, palette.rail, palette.raised]
  const inks = [palette.ink, palette.soft, palette.accent, palette.danger, palette.caution]
  const marks = Object.entries(palette).filter(([name]) => name.startsWith('stage'))

  for (const ground of grounds) for (const ink of inks) expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5)
  for (const [name, mark] of marks) expect(contrast(mark, palette.paper), name).toBeGreaterThanOrEqual(3)
  expect(contrast(palette.onAccent, palette.accent)).toBeGreaterThanOrEqual(4.5)
  expect(contrast(palette.accent, palette.tint)).toBeGreaterThanOrEqual(4.5)
})

/** The contrast of WCAG 2: 1 for the same colour, 21 for black on white. */
function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter! + 0.05) / (darker! + 0.05)
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}
