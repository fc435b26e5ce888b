import { editDistance, lengthOf, sharedBeginning } from './distance.ts'
import { at, exchanged } from './feature.ts'
import type { Register } from './register.ts'

/**
 * How alike two people are: of each feature its level plus one, 0 where one of them does not tell it. Also the word that both
 * have, where the level's worth is that of a word. Filled anew by every call, to spare a million small objects.
 */
export type Row = { levels: Uint8Array; words: Int32Array }

export function compare(register: Register, a: number, b: number, row: Row): void {
  comparePersonal(register, a, b, row)
  compareRest(register, a, b, row)
}

/** Of the features those that are of a person alone, and the family's name; all others are as if not known. */
export function comparePersonal(register: Register, a: number, b: number, row: Row): void {
  row.levels.fill(0)
  compareNames(register, a, b, row)
  compareBirths(register, a, b, row)
  const { gender } = register.columns
  if (gender[a] !== 0 && gender[b] !== 0) row.levels[at.gender] = gender[a] === gender[b] ? 1 : 2
}

/** What `comparePersonal` left out. */
export function compareRest(register: Register, a: number, b: number, row: Row): void {
  const { columns, words } = register
  const { levels, words: shared } = row
  compareLists(register, a, b, row)

  const numberA = columns.number[a]!
  const numberB = columns.number[b]!
  if (numberA !== 0 && numberB !== 0) {
    levels[at.number] = numberA === numberB ? 1 : editDistance(words, numberA, numberB, 1) === 1 ? 2 : 3
    shared[at.number] = numberA
  }
  compareStreets(register, a, b, row)
  compareText(register, at.district, columns.district[a]!, columns.district[b]!, row)
  compareText(register, at.city, columns.city[a]!, columns.city[b]!, row)
  compareText(register, at.province, columns.province[a]!, columns.province[b]!, row)

  const postcodeA = columns.postcode[a]!
  const postcodeB = columns.postcode[b]!
  if (postcodeA !== 0 && postcodeB !== 0) {
    levels[at.postcode] = postcodeA === postcodeB ? 1 : editDistance(words, postcodeA, postcodeB, 1) === 1 ? 2 : 3
    shared[at.postcode] = postcodeA
  }
}

function compareNames(register: Register, a: number, b: number, row: Row): void {
  const { columns } = register
  const { levels, words } = row
  const givenA = columns.given[a]!
  const givenB = columns.given[b]!
  const familyA = columns.family[a]!
  const familyB = columns.family[b]!
  const given = nameLevel(register, givenA, givenB)
  const family = nameLevel(register, familyA, familyB)
  words[at.given] = given === 2 ? register.readings[givenA]! : givenA
  words[at.family] = family === 2 ? register.readings[familyA]! : familyA
  levels[at.given] = given
  levels[at.family] = family
  if (isSame(given) || isSame(family)) return
  const givenAcross = nameLevel(register, givenA, familyB)
  const familyAcross = nameLevel(register, familyA, givenB)
  if (isSame(givenAcross) ? familyAcross !== 5 : isSame(familyAcross) && givenAcross !== 5) {
    // Which of the two is called given does not matter; the word does.
    levels[at.given] = givenAcross
    levels[at.family] = familyAcross
    if (givenAcross === 2) words[at.given] = register.readings[givenA]!
    if (familyAcross === 2) words[at.family] = register.readings[familyA]!
    levels[exchanged.name] = 1
  } else if (columns.whole[a] !== 0 && columns.whole[a] === columns.whole[b]) {
    // Wang Xiao Ming, Xiaoming Wang: one name, cut at another place.
    levels[at.given] = 2
    levels[at.family] = 2
    words[at.given] = register.readings[givenA]!
    words[at.family] = register.readings[familyA]!
    levels[exchanged.name] = 1
  }
}

function isSame(level: number): boolean {
  return level === 1 || level === 2
}

/** 0 not known, 1 same, 2 reads the same, 3 a typo, 4 shortened, 5 other. */
function nameLevel({ words, readings }: Register, a: number, b: number): number {
  if (a === 0 || b === 0) return 0
  if (a === b) return 1
  const readA = readings[a]!
  const readB = readings[b]!
  if (readA === readB) return 2
  const lengthA = lengthOf(words, readA)
  const lengthB = lengthOf(words, readB)
  const shorter = Math.min(lengthA, lengthB)
  if (shorter >= 3 && editDistance(words, readA, readB, shorter >= 8 ? 2 : 1) <= (shorter >= 8 ? 2 : 1)) return 3
  if ((shorter === 1 || shorter >= 3) && sharedBeginning(words, readA, readB) === shorter) return 4
  return 5
}

function compareBirths({ columns, words, lunar }: Register, a: number, b: number, row: Row): void {
  const { levels, words: shared } = row
  const dayA = columns.monthDay[a]!
  const dayB = columns.monthDay[b]!
  if (dayA === 0 || dayB === 0) return
  const birthA = columns.birth[a]!
  const birthB = columns.birth[b]!
  const mixed = lunar[a] !== lunar[b]
  if (birthA === 0 || birthB === 0) {
    levels[at.birth] = dayA !== dayB ? 5 : mixed ? 4 : 2
    shared[at.birth] = dayA
    return
  }
  shared[at.birth] = birthA
  if (birthA === birthB) levels[at.birth] = mixed ? 3 : 1
  else if (mixed && columns.solar[a] === columns.solar[b] && columns.solar[a] !== 0) levels[at.birth] = 1
  else if (
    editDistance(words, birthA, birthB, 1) === 1 ||
    daysSwapped(words.letters, words.from[birthA]!, words.from[birthB]!)
  )
    levels[at.birth] = 3
  else levels[at.birth] = dayA === dayB ? 4 : 5
}

/** 1985-03-12 and 1985-12-03. */
function daysSwapped(letters: Uint16Array, a: number, b: number): boolean {
  for (let i = 0; i < 4; i += 1) if (letters[a + i] !== letters[b + i]) return false
  for (let i = 4; i < 6; i += 1) {
    if (letters[a + i] !== letters[b + i + 2] || letters[a + i + 2] !== letters[b + i]) return false
  }
  return true
}

/** The best of what each has several of. */
function compareLists(register: Register, a: number, b: number, row: Row): void {
  const { words, phones, phonesFrom, emails, mailboxes, emailsFrom } = register
  const { levels, words: shared } = row
  let best = 0
  for (let i = phonesFrom[a]!; i < phonesFrom[a + 1]!; i += 1) {
    for (let j = phonesFrom[b]!; j < phonesFrom[b + 1]!; j += 1) {
      const level = phones[i] === phones[j] ? 1 : editDistance(words, phones[i]!, phones[j]!, 1) === 1 ? 2 : 3
      if (best !== 0 && best <= level) continue
      best = level
      shared[at.phone] = phones[i]!
    }
  }
  levels[at.phone] = best
  best = 0
  for (let i = emailsFrom[a]!; i < emailsFrom[a + 1]!; i += 1) {
    for (let j = emailsFrom[b]!; j < emailsFrom[b + 1]!; j += 1) {
      const level =
        emails[i] === emails[j]
          ? 1
          : mailboxes[i] === mailboxes[j]
            ? 2
            : editDistance(words, emails[i]!, emails[j]!, 1) === 1
              ? 3
              : 4
      if (best !== 0 && best <= level) continue
      best = level
      shared[at.email] = level === 2 ? mailboxes[i]! : emails[i]!
    }
  }
  levels[at.email] = best
}

function compareStreets(register: Register, a: number, b: number, row: Row): void {
  const { street, quarter } = register.columns
  const { levels } = row
  compareText(register, at.street, street[a]!, street[b]!, row)
  compareText(register, at.quarter, quarter[a]!, quarter[b]!, row)
  if (levels[at.street] === 1 || levels[at.quarter] === 1) return
  if (street[a] !== 0 && street[a] === quarter[b] ? true : quarter[a] !== 0 && quarter[a] === street[b]) {
    compareText(register, at.street, street[a]!, quarter[b]!, row)
    compareText(register, at.quarter, quarter[a]!, street[b]!, row)
    levels[exchanged.address] = 1
  }
}

/** 1 same, 2 a typo or two, 3 more of them or cut short, 4 other. */
function compareText({ words }: Register, place: number, a: number, b: number, row: Row): void {
  if (a === 0 || b === 0) {
    row.levels[place] = 0
    return
  }
  row.words[place] = a
  row.levels[place] = a === b ? 1 : textLevel(words, a, b)
}

function textLevel(words: Register['words'], a: number, b: number): number {
  const lengthA = lengthOf(words, a)
  const lengthB = lengthOf(words, b)
  const shorter = Math.min(lengthA, lengthB)
  const near = shorter >= 8 ? 2 : shorter >= 3 ? 1 : 0
  const far = shorter >> 2
  const most = Math.max(near, far)
  if (most > 0) {
    const distance = editDistance(words, a, b, most)
    if (distance <= near) return 2
    if (distance <= far) return 3
  }
  return shorter >= 4 && sharedBeginning(words, a, b) === shorter ? 3 : 4
}
