import type { Preset } from '../preset.ts'

/**
 * Taobao and Tmall (千牛): the export of orders, one row an order, so each is one line of what was paid less postage. Newer variants
 * rename columns, so each has several names. Names and phones are masked by the platform; the buyer's name is the key.
 * 等待买家付款 is void: never paid so far; the export of a later day tells the same order again as paid.
 */
export const taobaoOrders: Preset = {
  code: 'taobao-orders',
  name: '淘宝 / 天猫订单',
  source: { code: 'taobao', name: '淘宝' },
  merchant: '我的店铺',
  zone: 'Asia/Shanghai',
  currency: 'CNY',
  dates: 'year-first',
  columns: {
    'order.number': ['订单编号', '订单号'],
    'order.placedAt': ['订单创建时间', '买家下单时间', '下单时间', '订单付款时间'],
    'order.status': ['订单状态', '交易状态'],
    'order.total': ['买家实际支付金额', '买家实付金额'],
    'order.postage': ['买家应付邮费'],
    'line.name': ['宝贝标题', '商品标题'],
    'line.quantity': ['宝贝总数量'],
    'customer.id': ['买家会员名', '买家昵称'],
    'customer.name': ['收货人姓名'],
    'customer.phone': ['联系手机', '手机'],
    'customer.phone2': ['联系电话'],
    'customer.address': ['收货地址', '修改后的收货地址'],
  },
  documents: [],
  statuses: {
    等待买家付款: 'void',
    交易关闭: 'void',
    '买家已付款，等待卖家发货': 'open',
    '卖家已发货，等待买家确认': 'open',
    卖家部分发货: 'open',
    交易成功: 'completed',
  },
  products: [],
  customerNumbers: 'as-written',
  rates: {},
}
