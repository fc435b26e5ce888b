import { type Chance, draw, itemAt, oneOf, weighted } from '../life/chance.ts'

/** Surnames as often as they are borne, roughly. */
const surnames = weighted<string>([
  ...rowOf(
    '王 7.2 李 7 张 6.7 刘 5.1 陈 4.6 杨 3 黄 2.2 赵 2.1 吴 2 周 2 徐 1.5 孙 1.4 马 1.3 朱 1.3 胡 1.2 郭 1.1 何 1.1 林 1.1 高 1 罗 1',
  ),
  ...rowOf(
    '郑 .9 梁 .85 谢 .8 宋 .7 唐 .7 许 .65 邓 .6 冯 .6 韩 .6 曹 .55 曾 .55 彭 .5 萧 .1 蔡 .5 潘 .5 田 .45 董 .45 袁 .45 于 .45',
  ),
  ...rowOf(
    '余 .4 叶 .4 蒋 .4 杜 .4 苏 .4 魏 .4 程 .4 吕 .4 丁 .35 沈 .6 任 .35 姚 .35 卢 .35 傅 .3 钟 .3 姜 .3 崔 .3 谭 .3 廖 .3 范 .3',
  ),
  ...rowOf(
    '汪 .3 陆 .45 金 .35 石 .25 戴 .3 贾 .25 韦 .2 夏 .25 邱 .25 方 .35 侯 .2 邹 .25 熊 .2 孟 .2 秦 .2 白 .2 江 .25 阎 .15 薛 .2',
  ),
  ...rowOf(
    '尹 .15 段 .15 雷 .15 黎 .2 史 .15 龙 .15 陶 .2 贺 .15 顾 .35 毛 .15 郝 .15 龚 .15 邵 .2 万 .15 钱 .3 严 .2 覃 .1 武 .1 戚 .1',
  ),
  ...rowOf(
    '莫 .1 孔 .12 向 .1 汤 .15 单 .06 施 .2 俞 .25 章 .2 柳 .08 季 .08 盛 .1 骆 .06 裘 .05 诸葛 .02 欧阳 .06 上官 .02 司徒 .02',
  ),
])

type Generation = { women: readonly string[]; men: readonly string[] }

/** Given names by the years in which they were in fashion. */
const generations: readonly { until: number; names: Generation }[] = [
  {
    until: 1969,
    names: {
      women: wordsOf(
        '秀英 桂兰 玉珍 凤英 秀兰 桂英 玉兰 素珍 月娥 惠芬 爱华 美华 建英 秋菊 丽华 玉梅 淑芬 彩凤 慧珍 雅琴',
      ),
      men: wordsOf(
        '建国 建华 国强 志明 国华 德明 金生 文忠 永福 建军 树林 广生 志强 保国 福根 明德 兴华 春生 玉林 长青',
      ),
    },
  },
  {
    until: 1984,
    names: {
      women: wordsOf(
        '丽娟 敏 静 燕 红霞 晓红 玲 海燕 丽萍 芳 雪梅 艳 莉 春燕 晓燕 慧 文娟 素云 琴 颖 亚萍 红梅 洁 雅芬 冬梅',
      ),
      men: wordsOf(
        '伟 强 勇 军 磊 涛 志刚 建平 海波 斌 俊 文杰 晓东 立新 华 鹏 永强 国栋 宏 卫东 明 志伟 刚 少华 学军',
      ),
    },
  },
  {
    until: 1996,
    names: {
      women: wordsOf(
        '婷 雪 倩 丹 晶 琳 佳 梦婷 璐 思敏 晓雯 莹 雯静 月 欣 菲 诗雅 嘉怡 文静 青 若兰 蓓 依婷 清 梦洁 舒雅',
      ),
      men: wordsOf(
        '浩 杰 鑫 超 凯 伟 洋 宇 晨 鹏飞 俊杰 天宇 文博 智勇 旭 明哲 嘉伟 子健 昊 一鸣 志远 楠 逸飞 卓 启明 文涛',
      ),
    },
  },
  {
    until: 2100,
    names: {
      women: wordsOf(
        '雨桐 思琪 欣怡 子涵 诗涵 语嫣 佳怡 梓萱 可欣 芷若 静怡 慕晴 知夏 念慈 书瑶 沐瑶 星禾 清欢 以宁 南栀',
      ),
      men: wordsOf(
        '子轩 浩然 宇轩 皓轩 梓豪 俊熙 博文 天佑 子默 景行 致远 沐阳 承泽 云舟 以恒 知行 书言 明轩 修远 星野',
      ),
    },
  },
]

/** What people call themselves in a chat. */
const nicknames = wordsOf(
  '小满妈妈 阿茶 半盏清风 喝茶的猫 山里人 听雨 老王爱喝茶 南山南 一壶老白 拾光 茶余饭后 青柠 闲云 木子 早安 松下问童子 桃之夭夭 静水流深 豆豆爸 落花时节 大鱼 二月兰 不争 小确幸 晴耕雨读 沐沐 岁岁平安 云上 吃茶去 阿远',
)

export function surnameOf(chance: Chance): string {
  return itemAt(surnames, draw(chance, 'surname'))
}

/** A given name of the fashion in which somebody of that year was named. */
export function givenNameOf(chance: Chance, gender: 'female' | 'male', born: number): string {
  const { names } = generations.find(({ until }) => born <= until)!
  return oneOf(gender === 'female' ? names.women : names.men, chance, 'given')
}

export function nicknameOf(chance: Chance): string {
  if (draw(chance, 'nickname', 1) < 0.3) return oneOf(nicknames, chance, 'nickname', 2)
  const called = oneOf(['小', '阿', '老', '大'], chance, 'nickname', 3) + surnameOf(chance)
  return called + oneOf(['', '', '爱喝茶', '在江南', '家的猫', '同学', '掌柜', '慢慢来'], chance, 'nickname', 4)
}

function rowOf(text: string): [string, number][] {
  const words = wordsOf(text)
  return words.flatMap((word, at) => (at % 2 === 0 ? [[word, Number(words[at + 1])] as [string, number]] : []))
}

function wordsOf(text: string): string[] {
  return text.split(' ')
}
