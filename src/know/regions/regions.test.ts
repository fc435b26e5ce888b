import { expect, test } from 'vitest'
import { centreOf, kilometresBetween } from './centre.ts'
import { regionsNamed } from './named-region.ts'
import { readRegion, readText } from './read-region.ts'
import { levelOf, parentOf, regionCodes, regions } from './region.ts'
import { regionPath } from './region-name.ts'

test('a text is read down to the district, however it is written', () => {
  const texts: Record<string, number> = {
    浙江: 330000,
    浙江省: 330000,
    Zhejiang: 330000,
    'Zhejiang Province': 330000,
    'ZHE JIANG': 330000,
    杭州: 330100,
    杭州市: 330100,
    'Hangzhou City': 330100,
    浙江杭州: 330100,
    浙江省杭州市西湖区文三路478号: 330106,
    杭州西湖区文三路: 330106,
    '浙江 杭州 西湖 文三路': 330106,
    杭州西湖: 330106,
    '浙江省/杭州市/西湖区': 330106,
    '浙江省，杭州市，西湖区': 330106,
    'Xihu District, Hangzhou, Zhejiang, China': 330106,
    'Zhejiang, Hangzhou, Xihu': 330106,
    330106: 330106,
    浙江省杭州市蕭山區: 330109,
    萧山市: 330109,
    廣東省深圳市南山區: 440305,
    臺州: 331000,
    上海: 310000,
    上海市: 310000,
    上海市上海市浦东新区张江路: 310115,
    上海浦东新区: 310115,
    北京朝阳区: 110105,
    北京市市辖区朝阳区: 110105,
    重庆渝中区: 500103,
    广西壮族自治区桂林市: 450300,
    广西桂林: 450300,
    内蒙古呼和浩特: 150100,
    新疆乌鲁木齐市天山区: 650102,
    宁夏银川: 640100,
    西藏拉萨: 540100,
    湖北恩施州恩施市: 422801,
    恩施土家族苗族自治州: 422800,
    浙江省义乌市: 330782,
    义乌市: 330782,
    河南济源市: 419001,
    湖北省省直辖县级行政区划仙桃市: 429004,
    吉林: 220000,
    吉林省吉林市: 220200,
    吉林市: 220200,
    吉林吉林: 220200,
    海南: 460000,
    海南州: 632500,
    海南省海口市: 460100,
    Shaanxi: 610000,
    Shanxi: 140000,
    'Inner Mongolia': 150000,
    Harbin: 230100,
    香港: 810000,
    'Hong Kong': 810000,
    鼓楼区: 0,
    朝阳区: 0,
    西湖文化广场: 0,
    南京东路100号: 0,
    中山公园: 0,
    Suzhou: 0,
    学院路: 0,
    杭州西湖文化广场: 330100,
    上海南京东路1号: 310000,
  }
  const read = Object.fromEntries(Object.keys(texts).map((text) => [text, readText(text)]))

  expect(read).toEqual(texts)
})

test('what is said in several fields comes together; what contradicts a wider region is passed over', () => {
  const code = (said: Parameters<typeof readRegion>[0]) => readRegion(said).code

  expect(code({ province: '浙江', city: '杭州', district: '西湖区' })).toBe(330106)
  expect(code({ city: '杭州', address: '浙江省杭州市西湖区文三路' })).toBe(330106)
  expect(code({ city: '杭州', address: '江苏省南京市鼓楼区' })).toBe(330100)
  expect(code({ province: '江苏', city: '杭州' })).toBe(320000)
  expect(code({ province: '上海', city: '上海', district: '浦东新区' })).toBe(310115)
  expect(code({ province: '江苏', city: '苏州' })).toBe(320500)
  expect(code({ province: 'Jiangsu', city: 'Suzhou' })).toBe(320500)
  expect(code({ country: 'France', city: 'Paris' })).toBe(code({ country: '法国' }))
  expect(code({ country: 'France' })).toBeGreaterThan(1_000_000)
  expect(code({ country: '中国' })).toBe(100_000)
  expect(code({ country: 'CN', province: '浙江' })).toBe(330_000)
  expect(code({})).toBe(0)
  expect(readRegion({ city: '杭州', address: '西湖区文三路' })).toEqual({ code: 330106, by: ['city', 'address'] })
})

test('every region lies in one that is there, and is called by names that lead to it alone', () => {
  expect(regionCodes().length).toBe(3216)
  for (const code of regionCodes())
    expect(code === parentOf(code) || regions().has(parentOf(code)!) || parentOf(code) === 100_000).toBe(true)
  const misread = (locale: string, between: string) =>
    regionCodes().filter((code) => readText(regionPath(code, locale).join(between)) !== code)
  expect(misread('zh-CN', '')).toEqual([])
  expect(misread('zh-TW', ' ')).toEqual([])
  expect(regionsNamed('西湖区')).toEqual([330_106, 360_103])
  expect(regionsNamed('杭州/西湖')).toEqual([330_106])
  expect(regionsNamed('法国/Normandie')).toEqual(['FR/Normandie'])
  expect(regionPath(330_106, 'en')).toEqual(['Zhejiang', 'Hangzhou', 'Xihu'])
  expect(regionPath(110_105, 'zh-TW')).toEqual(['北京', '朝陽區'])
})

test('every city has a centre; a district without one of its own is taken to be at its city’s', () => {
  const cities = regionCodes().filter((code) => levelOf(code) === 'city')

  expect(cities.filter((code) => centreOf(code)?.of !== code)).toEqual([])
  expect(centreOf(330_109)?.of).toBe(330_109)
  expect(centreOf(330_106)?.of).toBe(330_100)
  expect(centreOf(330_000)).toBeUndefined()
  const [shanghai, beijing] = [centreOf(310_000)!.point, centreOf(110_000)!.point]
  expect(Math.round(kilometresBetween(shanghai, beijing) / 10)).toBe(107)
})
