import { pinyin } from 'pinyin-pro'

/** A name's two parts in compare form: no spaces, no signs, no titles, lower case. Either may be empty. */
export type NameParts = { given: string; family: string }

const han = /^\p{Script=Han}+$/u
const double = new Set(
  '欧阳 歐陽 上官 司马 司馬 诸葛 諸葛 司徒 皇甫 尉迟 尉遲 长孙 長孫 慕容 令狐 宇文 夏侯 东方 東方 独孤 獨孤 南宫 南宮 公孙 公孫 轩辕 軒轅 端木 百里 呼延 西门 西門 申屠'.split(
    ' ',
  ),
)
const hanTitle = /(?:先生|女士|小姐|太太|夫人|老师|老師|同学|同學|阿姨|师傅|師傅|经理|經理|老板|老闆|总|總|姐|哥)$/u
const latinTitle = /^(?:mr|mrs|ms|miss|dr|prof|mme|herr|frau)\.?\s+/iu

/** A whole name taken apart: 欧阳小明, Ann Smith, “Smith, Ann”. What is one word only is taken as given. */
export function nameParts(name: string): NameParts {
  const text = name.normalize('NFKC').trim()
  const bare = text.replace(/[\s·・.]+/gu, '')
  if (han.test(bare)) return hanParts(bare)
  const latin = text.replace(latinTitle, '')
  const [last, first] = latin.split(/[,，]/u, 2)
  if (first !== undefined) return { given: plain(first), family: plain(last!) }
  const words = latin.split(/\s+/u).filter(Boolean)
  const family = words.length > 1 ? words.pop()! : ''
  return { given: plain(words.join('')), family: plain(family) }
}

function hanParts(name: string): NameParts {
  const characters = Array.from(name)
  // A shop's or a company's name is no person's.
  if (characters.length > 6) return { given: name, family: '' }
  const length = characters.length > 2 && double.has(characters.slice(0, 2).join('')) ? 2 : 1
  const family = characters.slice(0, length).join('')
  const given = characters.slice(length).join('')
  const titleless = given.replace(hanTitle, '')
  if (titleless === given && length === 1 && characters.length === 1) return { given: family, family: '' }
  return { given: titleless, family }
}

/** Letters and digits only, lower case, accents gone: what texts are compared in. */
export function plain(text: string): string {
  const lower = text.toLowerCase()
  if (isPlain(lower)) return lower
  return lower
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .normalize('NFC')
}

/** Small Latin letters, digits and common Han characters, which need nothing. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    const plain = (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 0x4e00 && code <= 0x9fff)
    if (!plain) return false
  }
  return true
}

const syllables = new Map<string, string>()

/**
 * How a part of a name reads in Latin letters: a Han character always the same, whatever stands beside it, so that two
 * writings of one name read alike. A surname in the way of surnames (单 is shan).
 */
export function reading(part: string, isFamily: boolean): string {
  if (!/\p{Script=Han}/u.test(part)) return part
  let text = ''
  for (const character of part) {
    const key = isFamily ? `=${character}` : character
    let syllable = syllables.get(key)
    if (syllable === undefined) {
      syllable = pinyin(character, { surname: isFamily ? 'all' : 'off', toneType: 'none', v: true })
      syllables.set(key, syllable)
    }
    text += syllable
  }
  return text
}
