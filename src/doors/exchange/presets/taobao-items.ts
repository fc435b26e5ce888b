import type { Preset } from '../preset.ts'
import { taobaoOrders } from './taobao-orders.ts'

/** Taobao's export of items (宝贝): one row a line, what was paid and given back told per line, no buyer's address. */
export const taobaoItems: Preset = {
  ...taobaoOrders,
  code: 'taobao-items',
  name: '淘宝 / 天猫宝贝明细',
  columns: {
    'order.number': ['主订单编号'],
    'order.placedAt': ['订单创建时间', '订单付款时间'],
    'order.status': ['订单状态', '交易状态'],
    'line.code': ['商家编码', '外部系统编号'],
    'line.name': ['标题', '宝贝标题', '商品标题'],
    'line.quantity': ['购买数量'],
    'line.unitPrice': ['价格', '商品价格'],
    'line.amount': ['买家实际支付金额', '买家实付金额'],
    'line.refund': ['退款金额'],
    'customer.id': ['买家会员名', '买家昵称'],
  },
}
