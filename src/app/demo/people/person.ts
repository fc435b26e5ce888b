import type { Birthday } from '#know/customers/contract.ts'
import { type Chance, draw, happens, oneOf } from '../life/chance.ts'
import type { Taste } from '../shop/goods.ts'
import { isSeveral, kinOf } from './kin.ts'
import { givenNameOf, nicknameOf, surnameOf } from './names.ts'
import { homeOf } from './places.ts'
import { likingText, natures, occupationOf } from './words.ts'

/** What a source tells of one of its customers: identifiers and values, as the door takes them. */
export type Person = {
  /** By which its source knows the person. */
  externalId: string
  member?: string
  phone?: string
  email?: string
  values: {
    name: string
    gender?: 'female' | 'male'
    birthday?: Birthday
    province?: string
    city?: string
    district?: string
    address?: string
    occupation?: string
    education?: string
    income?: string
    personality?: string
    preferences?: string
  }
}

type Of = { outlet: { prefix: string; online: boolean; shop: { code: string } }; taste: Taste; loyal: boolean }

/** The number of a customer at its source, and of its member's card. */
export function numberOf(key: number): string {
  return `${String(key >>> 20).padStart(4, '0')}${String(key & 0xfffff).padStart(5, '0')}`
}

/** Who somebody is. Pure: the same key is the same person. */
export function personOf(chance: Chance, { outlet, taste, loyal }: Of): Person {
  const kin = kinOf(chance)
  // Of several accounts of one person, and of a family, what is shared is drawn for the first.
  const self = kin.as === 'again' ? kin.head : chance
  const gender = kin.as === 'spouse' ? other(genderOf(kin.head)) : genderOf(self)
  const born = bornOf(
    self,
    kin.as === 'child' ? bornOf(kin.head) + 24 : kin.as === 'spouse' ? bornOf(kin.head) : undefined,
  )
  const surname = surnameOf(kin.as === 'child' ? kin.head : self)
  const several = kin.as === 'again' || isSeveral(kin)
  const name = surname + givenNameOf(self, gender, born)
  const near = outlet.shop.code === 'hangzhou' ? '杭州' : outlet.shop.code === 'shanghai' ? '上海' : undefined
  const home = homeOf(kin.head, near)
  const number = numberOf(chance.key)
  const knows = (probability: number, of: Parameters<typeof happens>[2]) => happens(chance, probability, of)
  return {
    externalId: outlet.prefix + number,
    ...(loyal || several || knows(0.45, 'member') ? { member: `XS${number}` } : {}),
    // A store does not ask everybody; who has an account somewhere else gave the number there.
    ...(outlet.online || several || kin.as !== 'alone' || knows(0.8, 'phone') ? { phone: phoneOf(kin.head) } : {}),
    ...(knows(outlet.shop.code === 'web' ? 0.3 : 0.05, 'email')
      ? { email: `${outlet.prefix.replace('_', '')}${number}@mail.example`.toLowerCase() }
      : {}),
    values: {
      name: outlet.prefix === 'wx_' && (several || knows(0.06, 'nickname')) ? nicknameOf(self) : name,
      ...(knows(0.86, 'gender') ? { gender } : {}),
      ...(knows(loyal ? 0.75 : 0.42, 'birthday') ? { birthday: birthdayOf(self, born) } : {}),
      ...(outlet.online || knows(0.7, 'city') ? { province: home.province, city: home.city } : {}),
      ...(outlet.online ? { district: home.district, address: home.address } : {}),
      ...(knows(loyal ? 0.5 : 0.16, 'occupation') ? { occupation: occupationOf(self, born) } : {}),
      ...(knows(0.06, 'education')
        ? { education: oneOf(['高中', '大专', '本科', '本科', '硕士'], self, 'education', 1) }
        : {}),
      ...(knows(0.04, 'income')
        ? { income: oneOf(['10 万以下', '10–20 万', '20–30 万', '30–50 万', '50 万以上'], self, 'income', 1) }
        : {}),
      ...(knows(loyal ? 0.22 : 0.02, 'nature') ? { personality: oneOf(natures, self, 'nature', 1) } : {}),
      ...(knows(loyal ? 0.4 : 0.1, 'taste') ? { preferences: likingText(self, taste) } : {}),
    },
  }
}

function genderOf(chance: Chance): 'female' | 'male' {
  return draw(chance, 'gender', 1) < 0.58 ? 'female' : 'male'
}

function other(gender: 'female' | 'male'): 'female' | 'male' {
  return gender === 'female' ? 'male' : 'female'
}

/** The year of birth; `near` of a husband or wife, or of a grown-up child. */
function bornOf(chance: Chance, near?: number): number {
  if (near !== undefined) return Math.min(2006, near + Math.floor(draw(chance, 'born', 1) * 5) - 2)
  const years = draw(chance, 'born', 1) + draw(chance, 'born', 2)
  return 1952 + Math.floor(years * 27)
}

/**
 * A number that rings with nobody: 140 to 144 begin the thirteen-digit numbers of machines in China's numbering plan, so there is
 * no telephone of eleven digits behind them.
 */
function phoneOf(chance: Chance): string {
  return `+8614${Math.floor(draw(chance, 'phone', 1) * 5)}${String(Math.floor(draw(chance, 'phone', 2) * 1e8)).padStart(8, '0')}`
}

function birthdayOf(chance: Chance, born: number): Birthday {
  const lunar = happens(chance, born < 1975 ? 0.45 : 0.12, 'lunar')
  const year = happens(chance, 0.68, 'birthday', 1) ? { year: born } : {}
  const month = 1 + Math.floor(draw(chance, 'birthday', 2) * 12)
  const roll = draw(chance, 'birthday', 3)
  // Days that the month has in every year: asking the moon's calendar takes a millisecond for each person.
  const day = 1 + Math.floor(roll * (lunar ? 29 : month === 2 ? 28 : [4, 6, 9, 11].includes(month) ? 30 : 31))
  return { calendar: lunar ? 'lunar' : 'solar', ...year, month, day }
}
