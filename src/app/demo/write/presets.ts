import { type Preset, savePreset } from '#doors/exchange/index.ts'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import { merchant, type Outlet, outlets } from '../shop/houses.ts'

const whats = ['customers', 'orders', 'parcels'] as const
type What = (typeof whats)[number]
const names: Record<What, string> = { customers: '客户', orders: '订单', parcels: '物流' }

/** By which name an outlet's exports are understood. */
export function presetCode(outlet: Outlet, of: What): string {
  return `${outlet.source.code}-${of}`
}

/** Saves how the files of each outlet are understood, as its staff would have done at the first import. */
export async function savePresets(ctx: Context): Promise<void> {
  for (const outlet of outlets) {
    for (const what of whats) {
      await savePreset(ctx, presetOf(outlet, what), 0).catch((error: unknown) => {
        if (!(error instanceof Refusal && error.kind === 'stale')) throw error // saved before
      })
    }
  }
}

function presetOf(outlet: Outlet, of: What): Preset {
  return {
    code: presetCode(outlet, of),
    name: `${outlet.source.name} ${names[of]}`,
    source: outlet.source,
    shop: outlet.shop.code,
    zone: merchant.zone,
    currency: merchant.currency,
    dates: 'year-first',
    columns: columns[of],
    documents: [],
    statuses: { 已完成: 'completed', 待付款: 'open', 已关闭: 'void' },
    products: [{ prefix: 'YP-', kind: 'sample' }],
    customerNumbers: 'as-written',
    rates: {},
  }
}

const ofCustomers: Preset['columns'] = {
  'customer.id': ['客户编号'],
  'customer.member': ['会员卡号'],
  'customer.name': ['姓名'],
  'customer.gender': ['性别'],
  'customer.birthday': ['生日'],
  'customer.phone': ['手机'],
  'customer.email': ['邮箱'],
  'customer.province': ['省份'],
  'customer.city': ['城市'],
  'customer.district': ['区县'],
  'customer.address': ['收货地址'],
  'customer.occupation': ['职业'],
  'customer.education': ['学历'],
  'customer.income': ['年收入'],
  'customer.personality': ['性格'],
  'customer.preferences': ['喜好'],
}

const ofWay: Preset['columns'] = {
  'order.shippedAt': ['发货时间'],
  'order.deliveredAt': ['签收时间'],
  'order.receivedAt': ['确认收货时间'],
  'order.carrier': ['物流公司'],
  'order.tracking': ['物流单号'],
}

const ofOrders: Preset['columns'] = {
  'order.number': ['订单编号'],
  'order.placedAt': ['下单时间'],
  'order.status': ['订单状态'],
  'order.postage': ['运费'],
  'order.discount': ['优惠'],
  'order.total': ['合计'],
  'order.cancels': ['原单号'],
  'order.reason': ['原因'],
  ...ofWay,
  'customer.id': ['客户编号'],
  'line.code': ['商品编码'],
  'line.name': ['商品名称'],
  'line.quantity': ['数量'],
  'line.unitPrice': ['单价'],
}

const columns: Record<What, Preset['columns']> = {
  customers: ofCustomers,
  orders: ofOrders,
  parcels: { 'order.number': ['订单编号'], ...ofWay },
}
