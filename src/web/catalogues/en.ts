const files = import.meta.glob<Record<string, string>>('../../**/messages/en.json', { eager: true, import: 'default' })

/** All messages of the house in this language; a file of its own, so that each language is fetched alone. */
export const catalogue: Record<string, string> = Object.assign({}, ...Object.values(files))
