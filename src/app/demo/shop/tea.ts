import type { Entry, Good, Taste } from './goods.ts'
import type { BrandCode } from './houses.ts'

type Shelf = { taste: Taste; brand: BrandCode; use?: 'gift' | 'sample'; entries: readonly Entry[] }

/** Picked each spring and sold until the next: code and name get the year. The day is when the first parcels leave. */
const pickings: readonly (Shelf & { from: string })[] = [
  {
    taste: 'green',
    brand: 'xishan',
    from: '03-24',
    entries: [
      ['LJ-MQ', '明前西湖龙井 50g', '绿茶', 368, 212, 3, 1.4, { 产地: '杭州梅家坞', 采摘: '清明前', 净含量: '50g' }],
      ['LJ-QT', '群体种龙井 100g', '绿茶', 298, 158, 2, 1.1, { 产地: '杭州翁家山', 采摘: '清明前后', 净含量: '100g' }],
      ['BLC', '洞庭碧螺春 100g', '绿茶', 326, 176, 2, 0.9, { 产地: '苏州东山', 采摘: '明前', 净含量: '100g' }],
      ['AJBC', '安吉白茶 100g', '绿茶', 268, 142, 2, 1, { 产地: '湖州安吉', 采摘: '明前', 净含量: '100g' }],
      ['HSMF', '黄山毛峰 100g', '绿茶', 186, 96, 2, 0.7, { 产地: '黄山富溪', 采摘: '谷雨前', 净含量: '100g' }],
    ],
  },
  {
    taste: 'green',
    brand: 'xishan',
    from: '04-16',
    entries: [
      ['LJ-YQ', '雨前龙井 250g', '绿茶', 238, 118, 1, 1.6, { 产地: '杭州', 采摘: '谷雨前', 净含量: '250g' }],
      ['TPHK', '太平猴魁 100g', '绿茶', 246, 130, 2, 0.6, { 产地: '黄山新明', 采摘: '谷雨后', 净含量: '100g' }],
    ],
  },
  {
    taste: 'white',
    brand: 'xishan',
    from: '04-08',
    entries: [
      ['BHYZ', '白毫银针 50g', '白茶', 228, 121, 3, 1, { 产地: '福鼎太姥山', 采摘: '头春', 净含量: '50g' }],
      ['BMD', '白牡丹 100g', '白茶', 158, 79, 2, 1.1, { 产地: '福鼎', 采摘: '头春', 净含量: '100g' }],
    ],
  },
  {
    taste: 'black',
    brand: 'xishan',
    from: '05-10',
    entries: [
      ['ZSXZ', '正山小种 125g', '红茶', 148, 70, 1, 1.3, { 产地: '桐木关', 工艺: '无烟', 净含量: '125g' }],
      ['JJM', '金骏眉 50g', '红茶', 298, 160, 3, 0.9, { 产地: '桐木关', 采摘: '单芽', 净含量: '50g' }],
      ['QM', '祁门红茶 100g', '红茶', 128, 58, 1, 0.9, { 产地: '祁门历口', 等级: '一级', 净含量: '100g' }],
    ],
  },
]

/** On the shelf all year. */
const shelves: readonly Shelf[] = [
  {
    taste: 'rock',
    brand: 'yangu',
    entries: [
      ['YC-DHP', '大红袍 拼配 125g', '武夷岩茶', 168, 78, 1, 1.4, { 产地: '武夷山', 焙火: '中足火', 净含量: '125g' }],
      ['YC-RG', '慧苑肉桂 80g', '武夷岩茶', 318, 168, 2, 1.2, { 产地: '慧苑坑', 焙火: '中火', 净含量: '80g' }],
      ['YC-SX', '老丛水仙 100g', '武夷岩茶', 288, 150, 2, 1, { 产地: '吴三地', 焙火: '足火', 净含量: '100g' }],
      ['YC-NLK', '牛栏坑肉桂 50g', '武夷岩茶', 680, 402, 3, 0.5, { 产地: '牛栏坑', 焙火: '中火', 净含量: '50g' }],
      ['YC-TLH', '铁罗汉 100g', '武夷岩茶', 236, 120, 2, 0.6, { 产地: '武夷山', 焙火: '足火', 净含量: '100g' }],
    ],
  },
  {
    taste: 'oolong',
    brand: 'xishan',
    entries: [
      ['TGY-QX', '清香铁观音 250g', '乌龙茶', 128, 56, 1, 1.2, { 产地: '安溪祥华', 香型: '清香', 净含量: '250g' }],
      ['TGY-NX', '陈香铁观音 250g', '乌龙茶', 188, 90, 2, 0.8, { 产地: '安溪', 年份: '八年陈', 净含量: '250g' }],
      ['DC-YLX', '凤凰单丛 鸭屎香 100g', '乌龙茶', 156, 74, 2, 1.1, { 产地: '凤凰山', 香型: '银花香', 净含量: '100g' }],
      ['DC-MLX', '凤凰单丛 蜜兰香 100g', '乌龙茶', 138, 64, 1, 1, { 产地: '凤凰山', 香型: '蜜兰香', 净含量: '100g' }],
      ['DFMR', '东方美人 75g', '乌龙茶', 246, 132, 3, 0.6, { 产地: '新竹峨眉', 采摘: '夏芽', 净含量: '75g' }],
    ],
  },
  {
    taste: 'puer',
    brand: 'laozhai',
    entries: [
      ['PE-SC', '勐海生饼 七子饼 357g', '普洱茶', 198, 92, 1, 1, { 产地: '勐海', 工艺: '晒青', 净含量: '357g' }],
      ['PE-SB', '老寨古树生饼 357g', '普洱茶', 568, 318, 3, 0.7, { 产地: '勐库', 树龄: '古树', 净含量: '357g' }],
      ['PE-SHU', '宫廷熟普 散茶 250g', '普洱茶', 128, 54, 1, 1.2, { 产地: '勐海', 等级: '宫廷', 净含量: '250g' }],
      ['PE-XQG', '小青柑 熟普 12 粒', '普洱茶', 98, 41, 1, 1.5, { 产地: '新会', 采摘: '七月青皮', 净含量: '12 粒' }],
      ['PE-LCT', '十年老茶头 200g', '普洱茶', 238, 116, 2, 0.8, { 产地: '勐海', 年份: '十年陈', 净含量: '200g' }],
    ],
  },
  {
    taste: 'white',
    brand: 'xishan',
    entries: [
      ['BC-SM5', '五年寿眉饼 300g', '白茶', 168, 80, 1, 1.3, { 产地: '福鼎', 年份: '五年陈', 净含量: '300g' }],
      ['BC-LB10', '十年老白茶饼 300g', '白茶', 498, 268, 3, 0.7, { 产地: '福鼎', 年份: '十年陈', 净含量: '300g' }],
      ['BC-XF', '陈皮老白茶 小方片 24 片', '白茶', 138, 62, 2, 1, { 产地: '福鼎', 规格: '24 片', 净含量: '120g' }],
    ],
  },
  {
    taste: 'black',
    brand: 'xishan',
    entries: [
      ['DH-FQ', '滇红 凤庆金芽 100g', '红茶', 118, 52, 1, 1.1, { 产地: '凤庆', 采摘: '单芽', 净含量: '100g' }],
      ['HC-GH', '桂花红茶 100g', '红茶', 96, 40, 1, 1, { 产地: '杭州满觉陇', 窨制: '两窨', 净含量: '100g' }],
    ],
  },
  {
    taste: 'jasmine',
    brand: 'xishan',
    entries: [
      ['MLH-LZ', '茉莉龙珠 150g', '花茶', 128, 58, 1, 1.2, { 产地: '福州', 窨制: '七窨', 净含量: '150g' }],
      ['MLH-YZ', '茉莉银针 100g', '花茶', 198, 98, 2, 0.8, { 产地: '福州', 窨制: '九窨', 净含量: '100g' }],
      ['JH-TJ', '桐乡胎菊 50g', '花茶', 48, 19, 1, 1.1, { 产地: '桐乡', 采摘: '头采', 净含量: '50g' }],
    ],
  },
  {
    taste: 'green',
    brand: 'xishan',
    use: 'gift',
    entries: [
      ['LH-LJ', '龙井礼盒 「春山」 150g', '礼盒', 598, 318, 2, 1.2, { 规格: '50g × 3', 适合: '春节、拜访' }],
      ['LH-SJ', '四季茶礼 「溪山行」', '礼盒', 428, 218, 2, 1.5, { 规格: '四款各 50g', 适合: '中秋、春节' }],
      ['LH-GB', '高山白茶礼盒 「雪芽」', '礼盒', 688, 366, 3, 0.6, { 规格: '80g × 2', 适合: '长辈' }],
    ],
  },
  {
    taste: 'rock',
    brand: 'yangu',
    use: 'gift',
    entries: [
      ['LH-YC', '岩茶四大名丛 礼盒', '礼盒', 528, 276, 2, 1, { 规格: '四款各 8g × 4', 适合: '商务' }],
      ['LH-MQ', '月圆 桂花红茶与茶月饼', '礼盒', 268, 132, 1, 1.4, { 规格: '红茶 80g、茶月饼 6 枚', 适合: '中秋' }],
    ],
  },
  {
    taste: 'green',
    brand: 'xishan',
    use: 'sample',
    entries: [
      ['YP-LC', '绿茶品鉴装 4 款', '品鉴装', 29.9, 18, 1, 1, { 规格: '每款 5g' }],
      ['YP-YC', '岩茶品鉴装 5 款', '品鉴装', 49.9, 28, 1, 1, { 规格: '每款 8g' }],
      ['YP-BC', '白茶品鉴装 4 款', '品鉴装', 39.9, 22, 1, 0.8, { 规格: '每款 5g' }],
    ],
  },
]

/** Weighed at the counter, priced for 500 g. */
const loose: readonly (Entry & { length: 8 })[] = [
  ['SC-LJ', '散称 本山龙井（斤）', '散茶', 680, 340, 1, 1.3, { 计价: '每 500g' }],
  ['SC-HC', '散称 口粮红茶（斤）', '散茶', 260, 110, 1, 1, { 计价: '每 500g' }],
  ['SC-SX', '散称 水仙（斤）', '散茶', 480, 230, 1, 0.9, { 计价: '每 500g' }],
]
const looseTastes: readonly Taste[] = ['green', 'black', 'rock']

/** Every tea of these years. */
export function teas(years: readonly number[]): Good[] {
  return [
    ...pickings.flatMap(({ from, entries, ...shelf }) =>
      years.flatMap((year) =>
        entries.map((entry) => ({
          ...goodOf(entry, shelf),
          code: `${entry[0]}-${year % 100}`,
          name: `${year} ${entry[1]}`,
          year,
          from,
        })),
      ),
    ),
    ...shelves.flatMap(({ entries, ...shelf }) => entries.map((entry) => goodOf(entry, shelf))),
    ...loose.map((entry, at) => ({ ...goodOf(entry, { taste: looseTastes[at]!, brand: 'xishan' }), loose: true })),
  ]
}

function goodOf(
  [code, name, category, price, cost, tier, appeal, attributes]: Entry,
  { taste, brand, use }: Omit<Shelf, 'entries'>,
): Good {
  return {
    ...{ code, name, category, brand, taste, tier, appeal, attributes },
    use: use ?? 'tea',
    price: Math.round(price * 100),
    cost: Math.round(cost * 100),
    stock: Math.round((260 * appeal) / tier),
    kind: use === 'sample' ? 'sample' : 'goods',
  }
}
