import { dayIn } from '#platform/days.ts'

export type Purchase = { buyer: number; daysAgo: number; amount: number; closed?: boolean }

/** Orders as Taobao exports them, placed at noon so many days ago; GB18030 files look the same once they are read. */
export function taobaoFile(purchases: readonly Purchase[], now: Date): string {
  const rows = purchases.map(({ buyer, daysAgo, amount, closed }, at) =>
    [
      `"=""${2_026_000_000_000_000_000n + BigInt(at)}"""`,
      `买家${String(buyer).padStart(2, '0')}`,
      amount.toFixed(2),
      '0.00',
      closed ? '交易关闭' : '交易成功',
      `收货人${buyer}`,
      buyer % 2 ? '浙江省 杭州市 西湖区 龙井路1号' : '江苏省 苏州市 姑苏区 平江路2号',
      `${dayIn('Asia/Shanghai', new Date(now.getTime() - daysAgo * 86_400_000))} 12:00:00`,
      '茶叶礼盒',
      '1',
    ].join(','),
  )
  return [heads.join(','), ...rows, ''].join('\r\n')
}

const heads = [
  '订单编号',
  '买家会员名',
  '买家实际支付金额',
  '买家应付邮费',
  '订单状态',
  '收货人姓名',
  '收货地址',
  '订单创建时间',
  '宝贝标题',
  '宝贝总数量',
]
