/**
 * The demo shop: a tea merchant that does not exist, made by this project. What stands here are the names; the goods stand in
 * tea.ts and ware.ts, the people in ../people.
 */
export const merchant = {
  name: '溪山茶事',
  zone: 'Asia/Shanghai',
  currency: 'CNY',
  locale: 'zh-CN',
} as const

/** China has had no summer time since 1991: shop days are reckoned without asking for the zone ten million times. */
export const zoneMs = 8 * 3600_000

export const channels = [
  { code: 'online', name: '网店', kind: 'online' },
  { code: 'wechat', name: '微信', kind: 'wechat' },
  { code: 'stores', name: '门店', kind: 'store' },
] as const

export const brands = [
  { code: 'xishan', name: '溪山' },
  { code: 'yangu', name: '岩骨' },
  { code: 'laozhai', name: '老寨纪' },
  { code: 'taosu', name: '陶素' },
  { code: 'zhanyu', name: '盏语' },
] as const
export type BrandCode = (typeof brands)[number]['code']

/**
 * Where the shop sells, and the source by which each tells of its people and orders. `letter` begins its order numbers, `prefix`
 * its customers' numbers.
 */
export const outlets = [
  {
    shop: { code: 'web', name: '溪山官网', channel: 'online' },
    source: { code: 'xishan-web', name: '官网商城' },
    letter: 'W',
    prefix: 'xs_',
    online: true,
  },
  {
    shop: { code: 'wechat', name: '溪山微店', channel: 'wechat' },
    source: { code: 'xishan-wechat', name: '微信小店' },
    letter: 'X',
    prefix: 'wx_',
    online: true,
  },
  {
    shop: {
      code: 'hangzhou',
      name: '杭州龙井路店',
      channel: 'stores',
      position: { latitude: 30.248, longitude: 120.131 },
    },
    source: { code: 'till-hangzhou', name: '杭州店收银' },
    letter: 'H',
    prefix: 'HZ',
    online: false,
  },
  {
    shop: {
      code: 'shanghai',
      name: '上海武康路店',
      channel: 'stores',
      position: { latitude: 31.209, longitude: 121.434 },
    },
    source: { code: 'till-shanghai', name: '上海店收银' },
    letter: 'S',
    prefix: 'SH',
    online: false,
  },
] as const
export type Outlet = (typeof outlets)[number]

/** Who works there. Addresses are of a domain that can belong to nobody. */
export const staff = [
  { role: 'owner', name: '沈知秋', email: 'shen@xishan.example', shops: null },
  { role: 'marketer', name: '顾小满', email: 'gu@xishan.example', shops: null },
  { role: 'assistant', name: '宋青', email: 'song@xishan.example', shops: ['hangzhou'] },
  { role: 'assistant', name: '陆闻舟', email: 'lu@xishan.example', shops: ['shanghai'] },
  { role: 'analyst', name: '叶棠', email: 'ye@xishan.example', shops: null },
] as const
