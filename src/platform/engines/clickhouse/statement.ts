import { refuse } from './query-error.ts'

// What must be known of a statement's text before the engine sees it. The engine parses; this only recognises, on a
// masked copy of the same length, in which nothing inside a string or a comment can be mistaken for a word.

/** A ClickHouse string literal. */
export const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

const QUOTED =
  /'[^'\\]*(?:\\[\s\S][^'\\]*)*'|"[^"\\]*(?:\\[\s\S][^"\\]*)*"|`[^`\\]*(?:\\[\s\S][^`\\]*)*`|\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\//g

function mask(sql: string): string {
  return sql.replace(QUOTED, (piece) => (/^(--|\/\*)/.test(piece) ? ' ' : "'").repeat(piece.length))
}

/**
 * The statement without what follows its semicolon. The engine would run a second statement; a ClickHouse server
 * refuses one, and so do we: else what works here fails there, and an injected statement would run.
 * @throws QueryError where there is none or more than one
 */
export function oneStatement(sql: string): string {
  const masked = mask(sql)
  if (masked.trim() === '') throw refuse(62, 'Syntax error: Empty query', 'SYNTAX_ERROR')
  // Rows after an insert's FORMAT may hold anything.
  if (/^\s*INSERT\b[\s\S]*\sFORMAT\s+\w+\s+\S/i.test(masked)) return sql
  const end = masked.indexOf(';')
  if (end < 0) return sql
  if (/[^\s;]/.test(masked.slice(end))) {
    throw refuse(62, 'Syntax error: Multi-statements are not allowed; send one statement at a time', 'SYNTAX_ERROR')
  }
  return sql.slice(0, end)
}

/**
 * A statement that reads, made to write its answer to a file; undefined for others, whose answers are short.
 * Without a FORMAT of its own it gets the given one.
 */
export function selectIntoFile(sql: string, format: string, file: string): string | undefined {
  const masked = mask(sql)
  if (!/^[\s(]*(SELECT|WITH)\b/i.test(masked)) return undefined
  const own = /\sFORMAT\s+\w+(\s+SETTINGS\s[^()]*)?\s*$/i.exec(masked)
  const at = own?.index ?? sql.length
  return `${sql.slice(0, at)}\nINTO OUTFILE ${quote(file)} ${own ? sql.slice(at) : `FORMAT ${format}`}`
}

/**
 * An insert whose rows come as the request's body, made to read them from a file; undefined where the statement is no
 * such insert, and its body is simply the rest of its text.
 */
export function insertFromFile(sql: string, file: string): string | undefined {
  const masked = mask(sql)
  const insert = /^(\s*INSERT\s+INTO\s[\s\S]*?)(\sSETTINGS\s[\s\S]*?)?\s(?:FORMAT\s+(\w+)|VALUES)\s*;?\s*$/i.exec(
    masked,
  )
  if (!insert) return undefined
  const [, { length }, settings = '', format = 'Values'] = insert as unknown as [string, string, string?, string?]
  const into = sql.slice(0, length)
  const rest = sql.slice(length, length + settings.length)
  const input = /\binput\s*\(/i.exec(masked.slice(0, length))
  if (!input) return `${into} FROM INFILE ${quote(file)}${rest} FORMAT ${format}`
  const [before, after] = [into.slice(0, input.index), into.slice(input.index + input[0].length)]
  return `${before}file(${quote(file)}, ${format}, ${after}${rest}`
}
