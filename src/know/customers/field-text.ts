import { type Birthday, birthdayObjection } from './birthday.ts'
import { type FieldKey, type FieldValues, fields } from './field.ts'

/**
 * The value that a text of a file says for a field, or undefined where it says none that can be used. An empty text is for the
 * caller to leave out.
 * @example readField('gender', '女') is female; readField('birthday', '农历1990年闰5月3日') is a lunar birthday
 */
export function readField<K extends FieldKey>(key: K, text: string): FieldValues[K] | undefined {
  const clean = text.normalize('NFKC').trim()
  const read: unknown = key === 'gender' ? readGender(clean) : key === 'birthday' ? readBirthday(clean) : text
  const parsed = fields[key].shape.safeParse(read)
  return parsed.success ? (parsed.data as FieldValues[K]) : undefined
}

function readGender(text: string): string | undefined {
  const lower = text.toLowerCase()
  if (/^(女|女性|女士|小姐|太太|f|female|woman|mrs\.?|ms\.?|miss)$/.test(lower)) return 'female'
  if (/^(男|男性|先生|m|male|man|mr\.?)$/.test(lower)) return 'male'
  if (/^(其他|其它|other|x)$/.test(lower)) return 'other'
  return undefined
}

/**
 * A birthday of a cell: 1990-05-03, 1990/5/3, 1990年5月3日, 19900503, 05-03, 5月3日; lunar where it says 农历, 農曆, 阴历, 陰曆 or
 * lunar, with 闰 or 閏 for a leap month and 正月, 腊月, 初三, 廿一 as names. What could be two dates (03/04/1990, 3/4) is refused
 * unless one of the two numbers can only be the day.
 */
export function readBirthday(text: string): Birthday | undefined {
  const lunar = /农历|農曆|農历|阴历|陰曆|lunar/i.test(text)
  const leap = lunar && /[闰閏]|leap/i.test(text)
  const bare = text.replace(/公历|公曆|阳历|陽曆|农历|農曆|農历|阴历|陰曆|闰|閏|lunar|leap|solar/gi, '').trim()
  const parts = numbersOf(bare)
  if (!parts) return undefined
  const birthday: Birthday = { calendar: lunar ? 'lunar' : 'solar', ...parts, ...(leap ? { leap } : {}) }
  if (birthday.month < 1 || birthday.month > 12 || birthday.day < 1 || birthdayObjection(birthday)) return undefined
  return birthday
}

type Parts = { year?: number; month: number; day: number }

function numbersOf(text: string): Parts | undefined {
  const western =
    /^(?<year>\d{4})[-/.年](?<month>\d{1,2})[-/.月](?<day>\d{1,2})日?(?:[ T]00:00(?::00(?:\.0+)?)?Z?)?$/.exec(text) ??
    /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/.exec(text) ??
    /^(?:--)?(?<month>\d{1,2})-(?<day>\d{1,2})$/.exec(text) ??
    /^(?<month>\d{1,2})月(?<day>\d{1,2})[日号號]?$/.exec(text)
  if (western?.groups) {
    const { year, month, day } = western.groups
    return { ...(year ? { year: Number(year) } : {}), month: Number(month), day: Number(day) }
  }
  const slashed = /^(?<one>\d{1,2})[/.](?<two>\d{1,2})(?:[/.](?<year>\d{4}))?$/.exec(text)
  if (slashed?.groups) {
    const [one, two] = [Number(slashed.groups.one), Number(slashed.groups.two)]
    const year = slashed.groups.year ? { year: Number(slashed.groups.year) } : {}
    if (one > 12) return { ...year, month: two, day: one }
    return two > 12 || one === two ? { ...year, month: one, day: two } : undefined
  }
  const han = /^(?:(?<year>\d{4})年)?(?<month>.{1,2})月(?<day>.{1,3}?)日?$/u.exec(text)
  if (!han?.groups) return undefined
  const month = hanNumber(han.groups.month!)
  const day = hanNumber(han.groups.day!)
  if (!month || !day) return undefined
  return { ...(han.groups.year ? { year: Number(han.groups.year) } : {}), month, day }
}

const digits: Record<string, number> = { 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10 }
const named: Record<string, number> = { 正: 1, 冬: 11, 腊: 12, 臘: 12, 廿: 20, 卅: 30, 二十: 20, 三十: 30 }

/** 正, 十一, 初三, 廿一, 三十 as numbers; plain digits too. */
function hanNumber(text: string): number | undefined {
  if (/^\d{1,2}$/.test(text)) return Number(text)
  const bare = text.replace(/^初/, '')
  if (named[bare]) return named[bare]
  if (digits[bare]) return digits[bare]
  const match = /^(?<tens>二十|三十|十|廿|卅)(?<ones>[一二三四五六七八九])$/u.exec(bare)
  if (!match?.groups) return undefined
  const { tens, ones } = match.groups
  return (tens === '十' ? 10 : named[tens!]!) + digits[ones!]!
}
