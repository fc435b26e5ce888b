/** A piece of text: where it stands and what it is. `text` was quoted; `end` stands after the last. */
export type Token = {
  kind: 'word' | 'text' | 'number' | 'day' | 'id' | 'sign' | 'end'
  /** Without quotes; signs in their plain form: `>=` for `≥`. */
  value: string
  offset: number
  length: number
}

/** Full-width signs of Chinese keyboards are as good as plain ones. */
const signs: Record<string, string> = {
  '(': '(',
  ')': ')',
  ',': ',',
  '=': '=',
  '>': '>',
  '<': '<',
  '≥': '>=',
  '≤': '<=',
  '（': '(',
  '）': ')',
  '，': ',',
  '、': ',',
  '＝': '=',
  '＞': '>',
  '＜': '<',
}
const closing: Record<string, string> = { '"': '"', '“': '”', '「': '」' }
const letters = /[^\s()（）,，、=＝<>＜＞≥≤"“”「」#]/u

/** Cuts a text into tokens. A quote that is not closed goes on to the end. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  const add = (kind: Token['kind'], value: string, length: number) => {
    tokens.push({ kind, value, offset: at, length })
    at += length
  }
  while (at < text.length) {
    const letter = text[at]!
    if (/\s/u.test(letter)) at += 1
    else if ((letter === '>' || letter === '<') && text[at + 1] === '=') add('sign', `${letter}=`, 2)
    else if (signs[letter]) add('sign', signs[letter], 1)
    else if (closing[letter]) {
      const { value, length } = quoted(text, at, closing[letter])
      add('text', value, length)
    } else if (letter === '#') {
      const digits = /^\d{1,16}/.exec(text.slice(at + 1, at + 17))?.[0] ?? ''
      add(digits ? 'id' : 'word', digits || '#', digits.length + 1)
    } else {
      let end = at + 1
      while (end < text.length && letters.test(text[end]!)) end += 1
      const run = text.slice(at, end)
      add(kindOf(run), run, run.length)
    }
  }
  tokens.push({ kind: 'end', value: '', offset: text.length, length: 0 })
  return tokens
}

/** The words and quoted texts of a text: what may be a name in it. At most 500. */
export function writtenIn(text: string): string[] {
  const said = tokensOf(text).filter(({ kind }) => kind !== 'sign' && kind !== 'end' && kind !== 'id')
  return [...new Set(said.map(({ value }) => value))].slice(0, 500)
}

/** What a run of letters is, without quotes around it. */
export function kindOf(run: string): 'word' | 'number' | 'day' {
  if (/^\d{4}-\d{2}-\d{2}$/.test(run)) return 'day'
  return /^-?\d+(\.\d+)?$/.test(run) ? 'number' : 'word'
}

/** Whether a text is one token that is no number, day or sign. */
export function isPlain(text: string): boolean {
  return text.length > 0 && kindOf(text) === 'word' && [...text].every((letter) => letters.test(letter))
}

/** A text in quotes, as it is read again. */
export function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

function quoted(text: string, start: number, close: string): { value: string; length: number } {
  let value = ''
  let at = start + 1
  while (at < text.length && text[at] !== close) {
    if (text[at] === '\\' && at + 1 < text.length) at += 1
    value += text[at]
    at += 1
  }
  return { value, length: Math.min(at + 1, text.length) - start }
}
