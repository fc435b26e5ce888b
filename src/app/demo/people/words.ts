import { type Chance, draw, oneOf } from '../life/chance.ts'
import type { Taste } from '../shop/goods.ts'

const young =
  '设计师 程序员 编辑 摄影师 护士 小学老师 花艺师 咖啡师 研究生 新媒体运营 建筑师 自由撰稿 律师助理 瑜伽教练'.split(' ')
const middle =
  '中学老师 医生 会计 工程师 公务员 律师 产品经理 外贸 民宿主人 室内设计师 大学老师 个体店主 银行职员 人事经理 茶室主理人 牙医'.split(
    ' ',
  )
const old = '退休 退休教师 中医 书画家 企业主 返聘工程师 退休 老茶客 花鸟市场店主 退休医生'.split(' ')

export function occupationOf(chance: Chance, born: number): string {
  return oneOf(born > 1993 ? young : born > 1968 ? middle : old, chance, 'occupation', 1)
}

export const natures = [
  '话不多，喜欢自己慢慢挑',
  '爽快，看中就买，不爱听推销',
  '爱聊茶，一坐就是一下午',
  '细致，会问产地和制作时间',
  '急性子，发货慢了会催',
  '念旧，认准一款喝很多年',
  '爱尝新，有新茶先告诉她',
  '客气，有不满意也不会说，要主动问',
  '讲究器型，看壶先看口盖',
  '常替朋友代买，话题多',
] as const

/** How somebody would put what they like. */
const likings: Record<Taste, readonly string[]> = {
  green: [
    '只喝头采龙井，要淡',
    '爱喝绿茶，怕苦，水温八十五度',
    '每年清明前来订明前茶',
    '龙井、碧螺春都喝，不喝隔年茶',
    '喜欢豆香，不要炒得太老',
  ],
  rock: [
    '喜欢岩茶，要足火、退火后的',
    '认肉桂，重香气',
    '水仙要老丛，耐泡',
    '爱岩骨花香，不喝新火',
    '每次都要试大红袍不同批次',
  ],
  oolong: ['偏爱清香铁观音', '喝单丛，蜜兰香和鸭屎香换着来', '下午喝乌龙，晚上不喝', '喜欢花香高的，不要太焙'],
  puer: [
    '饭后一泡熟普，解腻',
    '存生普，每年收两饼',
    '喜欢陈味，不要堆味',
    '小青柑放办公室喝',
    '只收古树，问过山头才买',
  ],
  white: ['煮老白茶，冬天每天一壶', '喜欢白毫银针的毫香', '肠胃不好，喝老白茶舒服', '收藏寿眉饼，每年存一提'],
  black: ['早上一杯祁红', '红茶加奶也喝，别太细碎', '喜欢正山小种，不要烟味', '金骏眉送人，自己喝滇红'],
  jasmine: ['茉莉花茶喝了二十年', '爱七窨以上的，花香要透', '夏天喝茉莉，冷泡', '胎菊配枸杞，办公室常备'],
}

const asides = [
  '',
  '',
  '',
  '；送礼要素雅包装',
  '；家里有老人，要低咖啡因的晚上喝',
  '；对茉莉花香过敏',
  '；量大时请用真空小袋',
  '；周末才有空来店里',
]

export function likingText(chance: Chance, taste: Taste): string {
  return oneOf(likings[taste], chance, 'taste', 1) + oneOf(asides, chance, 'taste', 2)
}

/** Why somebody stayed away, as the one who asked wrote it down. */
export const leavings = {
  moved: [
    '搬去外地了，说以后网上再买',
    '回老家照顾父母，暂时不喝好茶',
    '公司搬走，不再路过店里',
    '出国陪读，明年回来再联系',
  ],
  price: ['觉得今年龙井涨价太多，换了别家', '说同样的茶别处便宜，嫌我们不打折', '预算减了，改喝口粮茶'],
  health: ['医生让少喝茶，改喝白开水', '最近睡眠不好，晚上不敢喝了', '家里有了宝宝，先停一停，约好明年春天'],
  taste: ['改喝咖啡了', '送的茶还没喝完，不急着买', '说最近两批岩茶火功偏重，不合口味', '朋友自己做茶，不用买了'],
  damaged: ['上次茶饼受潮，退了款，人也不来了', '建盏到手有裂，赔了还是生气', '快递压坏礼盒，误了送礼，没再下单'],
  service: ['去年双十一发货晚了十天，失望', '店里人多没顾上，等了半小时走了', '客服没回消息，转去别家'],
} as const

/** The reason of a customer who left. @param damaged whether the last thing that came was broken */
export function leavingText(chance: Chance, damaged: boolean): string {
  if (damaged) return oneOf(leavings.damaged, chance, 'reason', 1)
  const why = draw(chance, 'reason')
  const kind = why < 0.24 ? 'moved' : why < 0.46 ? 'price' : why < 0.62 ? 'health' : why < 0.86 ? 'taste' : 'service'
  return oneOf(leavings[kind], chance, 'reason', 1)
}

/** What staff write down after a talk at the counter. */
const talks = [
  '来店喝了两泡，聊得开心；下次新茶到了发消息',
  '带朋友一起来，朋友也加了微信',
  '问过紫砂开壶，教了一遍；壶养得不错',
  '帮孩子的老师挑礼物，喜欢素净的',
  '想学泡盖碗，约了周末茶席',
  '生日快到了，记得写张卡片',
  '家里装修，想配一张茶席，给看了苎麻的',
  '说我们的老白茶比去年的顺，准备存一提',
] as const

export function talkText(chance: Chance, index: number): string {
  return oneOf(talks, chance, 'word', index, 1)
}
