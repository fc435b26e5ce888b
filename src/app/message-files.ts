import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { IntlMessageFormat } from 'intl-messageformat'
import { type Locale, locales } from '#platform/i18n/index.ts'

const source = fileURLToPath(new URL('../', import.meta.url))

/** The messages of one module: its folder and its text by language and key. */
export type MessageFolder = { folder: string; texts: Record<Locale, Record<string, string>> }

/** All message folders of the house. */
export function messageFolders(): MessageFolder[] {
  return globSync('**/messages/en.json', { cwd: source })
    .map((file) => file.slice(0, -'/en.json'.length))
    .sort()
    .map(
      (folder) =>
        ({
          folder,
          texts: Object.fromEntries(locales.map((locale) => [locale, read(folder, locale)])),
        }) as MessageFolder,
    )
}

function read(folder: string, locale: Locale): Record<string, string> {
  try {
    return JSON.parse(readFileSync(`${source}${folder}/${locale}.json`, 'utf8'))
  } catch {
    return {}
  }
}

/** What a message takes: values that it shows, and values that only choose a form (one or many). Throws where it is no ICU message. */
export function placeholdersOf(text: string, locale: Locale): { shown: string[]; choosing: string[] } {
  const shown = new Set<string>()
  const choosing = new Set<string>()
  const visit = (parts: unknown): void => {
    for (const part of parts as {
      type: number
      value: string
      options?: Record<string, { value: unknown }>
      children?: unknown[]
    }[]) {
      // 0 is plain text, 5 and 6 are select and plural, 7 the # within a plural, 8 a tag.
      if (part.type === 5 || part.type === 6) choosing.add(part.value)
      else if (part.type !== 0 && part.type !== 7) shown.add(part.value)
      for (const option of Object.values(part.options ?? {})) visit(option.value)
      visit(part.children ?? [])
    }
  }
  visit(new IntlMessageFormat(text, locale).getAst())
  return { shown: [...shown].sort(), choosing: [...choosing].sort() }
}

/** The house's code, tests aside, by file. */
export function codeFiles(): { file: string; code: string }[] {
  return globSync('**/*.{ts,tsx}', { cwd: source })
    .filter((file) => !/\.test\.tsx?$|\/testing\/|tables\.ts$/.test(file))
    .map((file) => ({ file, code: withoutComments(readFileSync(`${source}${file}`, 'utf8')) }))
}

function withoutComments(code: string): string {
  return code.replaceAll(/(^|\s)\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
}

/** The keys that code surely shows: `t('…')`, `say(…, '…')`, titles and notes of pages, codes of refusals. */
export function keysShown(code: string): string[] {
  const shown = [
    /\bt\(\s*'([\w.-]+)'/g,
    /\bsay\([^,()]+,\s*'([\w.-]+)'/g,
    /\b(?:title|note): '([a-z]\w*\.[\w.]+)'/g,
    /new Refusal\(\s*'\w+',\s*'([\w.-]+)'/g,
  ]
  return shown.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1]!))
}

/** Whether code mentions a key: as a text, or by a text with a part filled in, as `web.stage.${stage}`. */
export function mentions(code: string): (key: string) => boolean {
  const texts = new Set([...code.matchAll(/['"]([a-z][\w-]*\.[\w.-]+)['"]/g)].map((match) => match[1]!))
  const patterns = [...code.matchAll(/`([a-z][\w-]*\.[^`\s]*\$\{[^`\s]*)`/g)].map((match) => {
    const parts = match[1]!.split(/\$\{[^}]*\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    return new RegExp(`^${parts.join('[\\w.-]+')}$`)
  })
  return (key) => texts.has(key) || patterns.some((pattern) => pattern.test(key))
}
