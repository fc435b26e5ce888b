/** Times that come again, as questions name them. A festival and a solar term are a day; the others are as long as they are. */

/** By the sun's calendar: month, day; or the `nth` weekday (1 Monday … 7 Sunday) of a month, so many days `after` it. */
export const solarFestivals = {
  new_year: { month: 1, day: 1 },
  valentines_day: { month: 2, day: 14 },
  womens_day: { month: 3, day: 8 },
  labour_day: { month: 5, day: 1 },
  mothers_day: { month: 5, nth: 2, weekday: 7, after: 0 },
  childrens_day: { month: 6, day: 1 },
  mid_year_sale: { month: 6, day: 18 },
  fathers_day: { month: 6, nth: 3, weekday: 7, after: 0 },
  teachers_day: { month: 9, day: 10 },
  national_day: { month: 10, day: 1 },
  singles_day: { month: 11, day: 11 },
  black_friday: { month: 11, nth: 4, weekday: 4, after: 1 },
  double_twelve: { month: 12, day: 12 },
  christmas: { month: 12, day: 25 },
} as const

/** By the moon's: month, day; the 30th is the last of a short month. */
export const lunarFestivals = {
  spring_festival: { month: 1, day: 1 },
  lantern_festival: { month: 1, day: 15 },
  dragon_boat: { month: 5, day: 5 },
  qixi: { month: 7, day: 7 },
  ghost_festival: { month: 7, day: 15 },
  mid_autumn: { month: 8, day: 15 },
  double_ninth: { month: 9, day: 9 },
  laba: { month: 12, day: 8 },
  new_years_eve: { month: 12, day: 30 },
} as const

/** In the order of the sun's year, from the first days of January on; each with its name in the almanac. */
export const solarTerms = {
  xiaohan: '小寒',
  dahan: '大寒',
  lichun: '立春',
  yushui: '雨水',
  jingzhe: '惊蛰',
  chunfen: '春分',
  qingming: '清明',
  guyu: '谷雨',
  lixia: '立夏',
  xiaoman: '小满',
  mangzhong: '芒种',
  xiazhi: '夏至',
  xiaoshu: '小暑',
  dashu: '大暑',
  liqiu: '立秋',
  chushu: '处暑',
  bailu: '白露',
  qiufen: '秋分',
  hanlu: '寒露',
  shuangjiang: '霜降',
  lidong: '立冬',
  xiaoxue: '小雪',
  daxue: '大雪',
  dongzhi: '冬至',
} as const

/** Weeks begin on Monday; spring is March to May; the moon's months and years begin with its new moons. */
export const periods = ['week', 'month', 'quarter', 'season', 'year', 'lunar_month', 'lunar_year'] as const

export type SolarFestival = keyof typeof solarFestivals
export type LunarFestival = keyof typeof lunarFestivals
export type SolarTerm = keyof typeof solarTerms
export type Period = (typeof periods)[number]
export type TimeName = SolarFestival | LunarFestival | SolarTerm | Period

const keysOf = <K extends string>(of: Record<K, unknown>) => Object.keys(of) as K[]

export const timeNames: readonly TimeName[] = [
  ...periods,
  ...keysOf(lunarFestivals),
  ...keysOf(solarFestivals),
  ...keysOf(solarTerms),
]
