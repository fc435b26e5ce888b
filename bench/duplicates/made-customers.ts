import { diceOf } from '#know/duplicates/likeness/dice.ts'
import { reading } from '#know/duplicates/likeness/name-parts.ts'
import type { Person } from '#know/duplicates/likeness/person.ts'
import { type Dice, miskeyed, pick } from './misspelt.ts'

type Made = { person: Person; who: number }

const surnames = [
  ...'王王王王王李李李李李张张张张刘刘刘陈陈陈杨杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严',
]
const women = [
  ...'丽娟敏静燕红霞玲萍芳雪梅艳莉春慧文素云琴颖亚洁雅芬冬婷倩丹晶琳佳梦璐思晓雯莹月欣菲诗嘉怡青若兰蓓依清舒雨桐琪子涵语嫣梓萱可书瑶',
]
const men = [
  ...'伟强勇军磊涛志刚建平海波斌俊文杰东立新华鹏永国栋宏卫明学浩鑫超凯洋宇晨飞天博智旭哲子健昊一鸣远楠逸卓启轩然皓豪熙佑默景行致',
]
const alike: Record<string, string> = {
  娟: '鹃',
  静: '婧',
  红: '虹',
  玲: '灵',
  芳: '方',
  丽: '莉',
  伟: '玮',
  军: '君',
  磊: '雷',
  明: '铭',
  文: '雯',
  佳: '嘉',
  晶: '菁',
  怡: '宜',
  杰: '洁',
  强: '墙',
  华: '桦',
  宇: '雨',
  辉: '晖',
}
const cities = Array.from({ length: 60 }, (_, i) => ({
  province: `省${Math.floor(i / 3)}`,
  city: `城${i}市`,
  districts: Array.from({ length: 8 }, (_, j) => `区${i}甲乙丙丁戊己庚辛`.slice(0, -8) + '甲乙丙丁戊己庚辛'[j]),
}))
const streets = Array.from(
  { length: 400 },
  (_, i) =>
    `${'听竹云溪望松枕拾晚桂烟青月问春夏秋冬东西'[i % 20]}${'泉影栖口梅风流翠照子雨石白茶山水湖江南北'[Math.floor(i / 20)]}路`,
)

/**
 * Customers of a Chinese shop, one after another: people with a phone, some with birthday, address, e-mail; families that share
 * phone, address and surname; and second accounts of one person with what hands, ears and moves do to them. Of 25 people one
 * comes again, of 8 one is of a family.
 */
export function* madeCustomers(seed: number, count: number): Generator<Made> {
  const dice = diceOf(seed)
  let who = 0
  let made = 0
  let last: Person | undefined
  const next = (person: Omit<Person, 'id'>, who: number): Made => ({ person: { ...person, id: ++made }, who })
  while (made < count) {
    const roll = dice()
    if (last && roll < 0.12) {
      who += 1
      yield next(relativeOf(dice, last), who)
      continue
    }
    who += 1
    const one = next(personOf(dice), who)
    last = one.person
    yield one
    for (let more = dice() < 0.04 ? 1 + Math.floor(dice() * 1.3) : 0; more > 0 && made < count; more -= 1) {
      yield next(again(dice, one.person), who)
    }
  }
}

function personOf(dice: Dice): Omit<Person, 'id'> {
  const gender = dice() < 0.58 ? 'female' : 'male'
  const place = cities[Math.floor(dice() ** 3 * cities.length)]!
  return {
    name: pick(dice, surnames) + givenOf(dice, gender),
    gender: dice() < 0.8 ? gender : null,
    birthday: dice() < 0.5 ? birthdayOf(dice) : null,
    phones: dice() < 0.88 ? [phoneOf(dice)] : [],
    emails: dice() < 0.25 ? [`u${Math.floor(dice() * 1e8).toString(36)}@mail${Math.floor(dice() * 5)}.example`] : [],
    ...(dice() < 0.8 ? { province: place.province, city: place.city } : {}),
    ...(dice() < 0.65 ? { district: pick(dice, place.districts), address: addressOf(dice) } : {}),
  }
}

function givenOf(dice: Dice, gender: string): string {
  const characters = gender === 'female' ? women : men
  return dice() < 0.25
    ? characters[Math.floor(dice() ** 1.5 * characters.length)]!
    : pick(dice, characters) + characters[Math.floor(dice() ** 1.5 * characters.length)]!
}

function birthdayOf(dice: Dice): NonNullable<Person['birthday']> {
  const day = { month: 1 + Math.floor(dice() * 12), day: 1 + Math.floor(dice() * 28) }
  const year = dice() < 0.7 ? { year: 1950 + Math.floor(dice() * 55) } : {}
  return { calendar: dice() < 0.1 ? 'lunar' : 'solar', ...year, ...day }
}

function phoneOf(dice: Dice): string {
  return `+8614${Math.floor(dice() * 5)}${String(Math.floor(dice() * 1e8)).padStart(8, '0')}`
}

function addressOf(dice: Dice): string {
  return `${pick(dice, streets)}${1 + Math.floor(dice() * 400)}号${1 + Math.floor(dice() * 20)}幢${1 + Math.floor(dice() * 18)}0${1 + Math.floor(dice() * 4)}室`
}

/** Somebody of the same household: another name and birthday; phone and surname often the same. */
function relativeOf(dice: Dice, { name, phones, province, city, district, address }: Person): Omit<Person, 'id'> {
  const gender = dice() < 0.5 ? 'female' : 'male'
  const family = dice() < 0.6 ? name![0]! : pick(dice, surnames)
  return {
    ...personOf(dice),
    name: family + givenOf(dice, gender),
    gender: dice() < 0.8 ? gender : null,
    ...(dice() < 0.5 ? { phones } : {}),
    ...(dice() < 0.9 ? { province, city, district, address } : {}),
  }
}

/** The same person by another door. */
function again(dice: Dice, person: Person): Omit<Person, 'id'> {
  const copy: Record<string, unknown> = { ...person }
  const name = person.name!
  const roll = dice()
  if (roll < 0.06) copy.name = `${capital(reading(name[0]!, true))} ${capital(reading(name.slice(1), false))}`
  else if (roll < 0.1) copy.name = `${capital(reading(name.slice(1), false))} ${capital(reading(name[0]!, true))}`
  else if (roll < 0.16) copy.name = [...name].map((one, i) => (i > 0 ? (alike[one] ?? one) : one)).join('')
  else if (roll < 0.2) copy.name = `${name[0]}${person.gender === 'female' ? '女士' : '先生'}`
  const [phone] = person.phones ?? []
  const call = dice()
  if (call < 0.25) copy.phones = [phoneOf(dice)]
  else if (phone && call < 0.4) copy.phones = [`${phone.slice(0, 5)}${miskeyed(dice, phone.slice(5))}`]
  else if (call < 0.5) copy.phones = []
  const { birthday } = person
  if (birthday && dice() < 0.2) {
    const { day, month, year } = birthday
    copy.birthday =
      dice() < 0.5
        ? { ...birthday, day: month, month: Math.min(12, day) }
        : { ...birthday, ...(year ? { year: year + 1 } : {}), day: (day % 28) + 1 }
    if (dice() < 0.3) copy.birthday = null
  }
  if (dice() < 0.2) copy.address = addressOf(dice)
  else if (dice() < 0.4) copy.address = null
  if (dice() < 0.5) copy.emails = []
  if (dice() < 0.2) copy.gender = null
  return copy
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
