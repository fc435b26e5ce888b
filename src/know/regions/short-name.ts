const kinds = /(特别行政区|自治区|自治州|自治县|自治旗|林区|特区|新区|地区|矿区|省|市|区|县|州|盟|旗)$/

const peoples =
  '壮族 回族 维吾尔 蒙古族 蒙古 藏族 羌族 彝族 傣族 白族 苗族 侗族 布依族 土家族 朝鲜族 哈尼族 景颇族 傈僳族 哈萨克族 哈萨克 柯尔克孜 满族 畲族 瑶族 黎族 仫佬族 毛南族 水族 仡佬族 土族 撒拉族 保安族 裕固族 拉祜族 佤族 布朗族 纳西族 怒族 独龙族 普米族 达斡尔族 锡伯 塔吉克 各族'.split(
    ' ',
  )

/** What people call a region: 浙江 of 浙江省, 恩施 of 恩施土家族苗族自治州; what would be one letter stays whole: 忠县. */
export function shortName(name: string): string {
  let short = name.replace(kinds, '')
  if (name.includes('自治')) {
    for (let people: string | undefined = ''; people !== undefined; ) {
      people = peoples.find((one) => short.endsWith(one) && short.length - one.length >= 2)
      if (people) short = short.slice(0, -people.length)
    }
  }
  return short.length >= 2 ? short : name
}
