/** What the people of the demo shop write down. Everybody in it is invented. */
export const tags = [
  { name: '老茶客', colour: 'green', note: '一年里来过六次以上' },
  { name: '送礼', colour: 'red', note: '逢年过节来选礼盒' },
  { name: '企业客户', colour: 'blue', note: '公司或茶室，按月对账' },
  { name: '藏家', colour: 'violet', note: '收老茶和名家器物' },
  { name: '茶会嘉宾', colour: 'orange', note: '来过店里的茶会' },
  { name: '包装要加固', colour: 'yellow', note: '收到过破损' },
  { name: '帮忙转介绍', colour: 'grey', note: null },
] as const
export type TagName = (typeof tags)[number]['name']

export const fields = [
  { name: '喝茶频率', kind: 'choice', choices: ['每天', '每周几次', '偶尔'], sensitive: false },
  { name: '冲泡习惯', kind: 'choices', choices: ['盖碗', '紫砂壶', '飘逸杯', '大杯闷泡', '煮茶'], sensitive: false },
  { name: '储值余额', kind: 'money', choices: [], sensitive: false },
  { name: '上次茶会', kind: 'day', choices: [], sensitive: false },
  { name: '身体情况', kind: 'text', choices: [], sensitive: true },
] as const
export type FieldName = (typeof fields)[number]['name']

export const health = [
  '胃寒，少推绿茶',
  '睡眠浅，下午四点后不喝',
  '在备孕，只要花草茶',
  '血压偏高，淡一点',
  '对花粉敏感',
]

export const talks = {
  visit: [
    '试了三款岩茶，最喜欢肉桂；说家里还有半斤水仙',
    '带女儿一起来，想学泡盖碗',
    '看中一把朱泥壶，回去想想',
    '来取上次寄存的两饼白茶，顺便喝了一泡',
    '坐了一下午，聊武夷山的春茶',
    '给公司挑伴手礼，要二十份，预算三百一份',
  ],
  wechat: [
    '问今年明前龙井什么时候到，想先订两罐',
    '发了一张茶汤照片，问是不是泡久了',
    '说上次的寿眉饼很顺口，朋友也要',
    '想换大一点的礼盒，发了三款给她看',
  ],
  call: [
    '回访：茶收到了，包装很好',
    '打来问发票抬头能不能改',
    '约周六下午来店里试新到的单丛',
    '提醒中秋礼盒截单时间，说再加两份',
  ],
} as const

export const problems = [
  '快递把盒子压了角，不影响喝',
  '觉得这批肉桂火功重',
  '等了四天才发货',
  '紫砂壶盖子有点松',
  '上次的小样少放了一款',
]

export const promised = [
  '新茶到了先留两罐',
  '补寄一份小样',
  '发一份冲泡说明',
  '查一下老茶的仓储记录',
  '换一只公道杯',
  '周末茶会留座',
]

export const minds = [
  '不要提前夫家里的事',
  '别叫阿姨，叫老师',
  '不要推销，她自己会看',
  '讲话慢一点，听力不太好',
  '别提价格，先泡茶',
]
export const reasons = ['本人在店里说的', '电话里说明过', '家人转告', '投诉后约定的']

export const merged = ['官网和微店是同一个人，本人确认', '换了手机号，带会员卡来认的', '店里用的是小名，电话对上了']

export const consentText = '我愿意收到溪山茶事的新茶、活动和会员消息，可以随时退订。'
