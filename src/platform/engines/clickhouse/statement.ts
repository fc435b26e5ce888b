// What must be known of a statement's text before the engine sees it. The engine parses; this only recognises.

/** Formats that stay right when an answer is made in pieces: no header, no frame around the rows. */
const PIECEWISE =
  /^(JSONEachRow|JSONCompactEachRow|JSONStringsEachRow|JSONCompactStringsEachRow|CSV|TSV|TabSeparated|RowBinary|Native)$/

export const isPiecewise = (format: string): boolean => PIECEWISE.test(format)

/** A statement that reads and can be answered in pieces. */
export const isSelect = (sql: string): boolean => /^\s*(?:--[^\n]*\n\s*|\/\*[\s\S]*?\*\/\s*)*(SELECT|WITH)\b/i.test(sql)

const isInsert = (sql: string): boolean => /^\s*INSERT\b/i.test(sql)

/** Takes `FORMAT name` off the end of a statement. */
export function takeFormat(sql: string): { sql: string; format?: string } {
  const found = /\sFORMAT\s+(\w+)\s*;?\s*$/i.exec(sql)
  return found ? { sql: sql.slice(0, found.index), format: found[1] } : { sql }
}

/**
 * An insert whose rows come as the request's body, made to read them from a file; undefined where the statement is no
 * such insert, and its body is simply the rest of its text.
 */
export function insertFromFile(sql: string, file: string): string | undefined {
  const insert = /^(\s*INSERT\s+INTO\s[\s\S]*?)(\sSETTINGS\s[\s\S]*?)?\s(?:FORMAT\s+(\w+)|(VALUES))\s*;?\s*$/i.exec(sql)
  if (!insert) return undefined
  const [, into = '', settings = '', named, values] = insert
  const format = named ?? (values && 'Values')
  const input = /\binput\s*\(/i.exec(into)
  if (input)
    return `${into.slice(0, input.index)}file(${quote(file)}, ${format}, ${into.slice(input.index + input[0].length)}${settings}`
  return `${into} FROM INFILE ${quote(file)}${settings} FORMAT ${format}`
}

/** A ClickHouse string literal. */
export const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

/**
 * Is there a second statement after a semicolon? The engine would run it; a ClickHouse server refuses, and so do we:
 * else what works here fails there, and an injected statement would run.
 */
export function hasSecondStatement(sql: string): boolean {
  if (isInsert(sql) && /\sFORMAT\s+\w+\s+\S/i.test(sql)) return false
  let at = 0
  while (at < sql.length) {
    const end = endOfQuoted(sql, at)
    if (end > at) at = end
    else if (sql[at] === ';') return /[^\s;]/.test(withoutComments(sql.slice(at + 1)))
    else at++
  }
  return false
}

const withoutComments = (sql: string): string => sql.replace(/--[^\n]*|\/\*[\s\S]*?(\*\/|$)/g, ' ')

/** Where a string, a quoted name, a here-document or a comment that starts at `at` ends; `at` where none starts. */
function endOfQuoted(sql: string, at: number): number {
  const after = (mark: string, from: number): number => {
    const found = sql.indexOf(mark, from)
    return found < 0 ? sql.length : found + mark.length
  }
  const two = sql.slice(at, at + 2)
  if (two === '--') return after('\n', at)
  if (two === '/*') return after('*/', at + 2)
  const here = sql[at] === '$' ? /^\$\w*\$/.exec(sql.slice(at, at + 64))?.[0] : undefined
  if (here) return after(here, at + here.length)
  const mark = sql[at]
  if (mark !== "'" && mark !== '"' && mark !== '`') return at
  let end = at + 1
  while (end < sql.length && sql[end] !== mark) end += sql[end] === '\\' ? 2 : 1
  return Math.min(end + 1, sql.length)
}
