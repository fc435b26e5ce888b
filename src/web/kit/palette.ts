/** Light and dark of one palette: paper, ink, hairlines and one accent, tea green. `kit.css` holds the same values as variables. */
export type Palette = typeof light

export const light = {
  paper: '#f8f5ee',
  rail: '#f2eee3',
  raised: '#fffdf8',
  ink: '#1e2320',
  soft: '#5a6059',
  hairline: '#e2dccd',
  edge: '#b5ae9c',
  accent: '#2f6b4a',
  accentDeep: '#255a3d',
  onAccent: '#ffffff',
  tint: '#e5ede2',
  danger: '#a63625',
  caution: '#7d5200',
  stageActive: '#2f7d55',
  stageNew: '#1f6fa8',
  stageSilent: '#8f6a00',
  stageSleeping: '#b2501e',
  stageLost: '#7a4a78',
  stageNever: '#6b6f68',
}

export const dark: Palette = {
  paper: '#161916',
  rail: '#121512',
  raised: '#1e221f',
  ink: '#ece9e0',
  soft: '#a7aba0',
  hairline: '#2d322d',
  edge: '#565d56',
  accent: '#8cc7a1',
  accentDeep: '#a5d6b6',
  onAccent: '#0f2017',
  tint: '#213128',
  danger: '#f0917f',
  caution: '#e3b35c',
  stageActive: '#74c095',
  stageNew: '#76b5e6',
  stageSilent: '#ddb455',
  stageSleeping: '#ee9664',
  stageLost: '#c79bc6',
  stageNever: '#a3a89f',
}

/** The name of a colour as the variable of `kit.css`: stageActive is --stage-active. */
export function variableOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
