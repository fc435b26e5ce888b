/** Words that turn a clause round, in the three languages. */
const turned =
  /不要|不喜|不爱|不愛|不吃|不用|不碰|讨厌|討厭|过敏|過敏|忌|\b(?:no|not|never|without|allergic|dislikes?|hates?|avoids?|don['’]?t|doesn['’]?t)\b/iu

/**
 * What somebody says of categories and brands, where their names stand in the words as the shop writes them: `likes Oolong, no perfume`.
 * A clause with a no in it speaks against all that it names. What is said both ways is not understood, and left out.
 * @param names of categories and brands, of one letter none
 */
export function saidOf(words: unknown, names: Iterable<string>): Map<string, 'for' | 'against'> {
  const said = new Map<string, 'for' | 'against'>()
  if (typeof words !== 'string' || words.trim() === '') return said
  const clauses = words.toLowerCase().split(/[,.;，。；、\n]|但是?|\bbut\b/u)
  for (const name of new Set(names)) {
    if ([...name].length < 2) continue
    const of = clauses.filter((clause) => isNamed(clause, name.toLowerCase()))
    const against = of.filter((clause) => turned.test(clause)).length
    if (of.length > 0 && (against === 0 || against === of.length)) said.set(name, against === 0 ? 'for' : 'against')
  }
  return said
}

/** Whether a clause names it: as a whole word where words are written apart. */
function isNamed(clause: string, name: string): boolean {
  const at = clause.indexOf(name)
  if (at < 0) return false
  const letter = /[\p{Script=Latin}\p{N}]/u
  const apart = (one: string | undefined, other: string | undefined) =>
    one === undefined || other === undefined || !letter.test(one) || !letter.test(other)
  return apart(clause[at - 1], name[0]) && apart(name.at(-1), clause[at + name.length])
}
