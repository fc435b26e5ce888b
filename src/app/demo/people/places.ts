import { type Chance, draw, itemAt, oneOf, weighted } from '../life/chance.ts'

export type Home = { province: string; city: string; district: string; address: string }

type City = { province: string; city: string; districts: readonly string[] }

/** Where the parcels go: near the shops first, then where tea is drunk. */
const cities = weighted<City>([
  ...of('浙江', [
    ['杭州', 15, '西湖 上城 拱墅 滨江 余杭 萧山'],
    ['宁波', 4, '海曙 鄞州 江北'],
    ['绍兴', 2.4, '越城 柯桥'],
    ['嘉兴', 2, '南湖 秀洲'],
    ['湖州', 1.8, '吴兴 南浔'],
    ['温州', 2, '鹿城 瓯海'],
    ['金华', 1.6, '婺城 金东'],
  ]),
  ...of('上海', [['上海', 14, '徐汇 静安 长宁 浦东新 杨浦 闵行 黄浦']]),
  ...of('江苏', [
    ['苏州', 5, '姑苏 吴中 虎丘'],
    ['南京', 4.4, '鼓楼 玄武 建邺'],
    ['无锡', 2.6, '梁溪 滨湖'],
    ['扬州', 1.2, '广陵 邗江'],
  ]),
  ...of('北京', [['北京', 6, '朝阳 海淀 西城 东城 丰台']]),
  ...of('广东', [
    ['广州', 3.6, '天河 越秀 荔湾'],
    ['深圳', 4.2, '南山 福田 罗湖'],
    ['佛山', 1, '禅城 顺德'],
    ['潮州', 0.6, '湘桥 潮安'],
  ]),
  ...of('福建', [
    ['福州', 1.6, '鼓楼 台江'],
    ['厦门', 1.8, '思明 湖里'],
    ['泉州', 0.8, '丰泽 鲤城'],
  ]),
  ...of('四川', [['成都', 3.2, '武侯 锦江 青羊 成华']]),
  ...of('重庆', [['重庆', 1.8, '渝中 江北 沙坪坝']]),
  ...of('湖北', [['武汉', 2.2, '武昌 江汉 洪山']]),
  ...of('湖南', [['长沙', 1.6, '岳麓 天心']]),
  ...of('山东', [
    ['济南', 1.6, '历下 市中'],
    ['青岛', 1.6, '市南 崂山'],
  ]),
  ...of('陕西', [['西安', 1.8, '雁塔 碑林']]),
  ...of('安徽', [['合肥', 1.4, '蜀山 包河']]),
  ...of('河南', [['郑州', 1.4, '金水 二七']]),
  ...of('云南', [['昆明', 0.8, '五华 盘龙']]),
  ...of('辽宁', [['沈阳', 0.9, '和平 沈河']]),
  ...of('天津', [['天津', 1.1, '和平 南开']]),
])

/** Whom a store sees: mostly its own city. */
const nearby: Record<string, City> = Object.fromEntries(
  cities.items.filter(({ city }) => city === '杭州' || city === '上海').map((one) => [one.city, one]),
)

/** Streets that no map knows. */
const streets =
  '听泉路 竹影巷 云栖里 溪口街 望梅路 松风弄 枕流巷 拾翠路 晚照街 桂子巷 烟雨路 青石弄 月白街 问茶巷'.split(' ')

/** Where somebody lives. @param near the city of the store that knows the person */
export function homeOf(chance: Chance, near?: '杭州' | '上海'): Home {
  const close = near && draw(chance, 'city', 1) < 0.86
  const { province, city, districts } = close ? nearby[near]! : itemAt(cities, draw(chance, 'city'))
  const house = 1 + Math.floor(draw(chance, 'home', 2) * 380)
  const flat = `${1 + Math.floor(draw(chance, 'home', 3) * 12)} 幢 ${1 + Math.floor(draw(chance, 'home', 4) * 17)}0${1 + Math.floor(draw(chance, 'home', 5) * 4)} 室`
  return {
    province,
    city,
    district: `${oneOf(districts, chance, 'home')}区`,
    address: `${oneOf(streets, chance, 'home', 1)} ${house} 号 ${flat}`,
  }
}

function of(province: string, rows: readonly (readonly [string, number, string])[]): [City, number][] {
  return rows.map(([city, weight, districts]) => [{ province, city, districts: districts.split(' ') }, weight])
}
