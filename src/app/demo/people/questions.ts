import type { Season } from '../life/calendar.ts'
import { type Chance, draw, oneOf } from '../life/chance.ts'
import type { Taste } from '../shop/goods.ts'

const searches: Record<Taste, readonly string[]> = {
  green: ['龙井', '明前龙井', '碧螺春', '绿茶', '安吉白茶'],
  rock: ['肉桂', '大红袍', '岩茶', '老丛水仙', '牛栏坑'],
  oolong: ['铁观音', '单丛', '鸭屎香', '乌龙'],
  puer: ['熟普', '古树生茶', '小青柑', '普洱饼', '老茶头'],
  white: ['老白茶', '寿眉', '白毫银针', '白茶饼'],
  black: ['祁门红茶', '正山小种', '滇红', '桂花红茶'],
  jasmine: ['茉莉花茶', '茉莉龙珠', '胎菊', '花茶'],
}

const anything = ['茶具', '盖碗', '建盏', '紫砂壶', '公道杯', '旅行茶具', '品鉴装', '口粮茶', '茶叶罐']
/** What this shop does not sell: it can learn from them. */
const notSold = ['抹茶', '奶茶粉', '黄山贡菊', '咖啡', '煮茶炉', '茶宠', '藏茶', '低咖啡因']
const presents = ['礼盒', '送长辈', '中秋礼盒', '年货', '商务礼品', '送老师', '伴手礼']

/** What somebody types who looks for something. */
export function searchText(chance: Chance, taste: Taste, season: Season, index: number, part: number): string {
  const roll = draw(chance, 'search', index, part)
  const feast = season === 'newYear' || season === 'autumnFeast'
  const from =
    roll < 0.09
      ? notSold
      : roll < (feast ? 0.5 : 0.14)
        ? presents
        : roll < 0.72
          ? searches[taste]
          : season === 'spring' && roll < 0.85
            ? ['新茶', '明前', '今年的龙井']
            : anything
  return oneOf(from, chance, 'search', index, part + 1000)
}

const questions = [
  '这款能存几年',
  '水温多少合适',
  '和去年的比怎么样',
  '送长辈哪款好',
  '有没有小包装',
  '新茶什么时候到',
  '可以先试喝吗',
  '壶要怎么开',
  '胃寒喝什么好',
  '多买能便宜吗',
] as const

/** What somebody asks at the counter. */
export function questionText(chance: Chance, index: number, part: number): string {
  return oneOf(questions, chance, 'search', index, part + 2000)
}

const praise = [
  '香气足，回甘快',
  '和去年一样好，会再来',
  '包装素雅，送人体面',
  '耐泡，家里人都喜欢',
  '物流快，茶很新鲜',
] as const
const blame = ['到货有破损', '味道比上次淡', '包装有点简单', '等了一周才到'] as const

/** What somebody writes of what was bought, with one to five stars. */
export function reviewOf(chance: Chance, index: number, damaged: boolean): { stars: number; text: string } {
  const roll = draw(chance, 'review', index, 2)
  if (damaged) return { stars: roll < 0.6 ? 1 : 2, text: blame[0] }
  if (roll < 0.08) return { stars: 3, text: oneOf(blame.slice(1), chance, 'review', index, 3) }
  return { stars: roll < 0.3 ? 4 : 5, text: oneOf(praise, chance, 'review', index, 3) }
}
