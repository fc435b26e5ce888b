import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { writeCsv } from '#platform/files/index.ts'
import type { Agent } from '../life/agent.ts'
import type { Happening } from '../life/crowd.ts'
import { neverPaid, type Sale } from '../life/sale.ts'
import { personAs } from '../people/person-as.ts'
import { type Outlet, zoneMs } from '../shop/houses.ts'
import { amountOf, type DocumentLine, decimalOf, linesOfRefund, linesOfSale, refundNumber } from './documents.ts'

/** The columns of a shop system's exports. */
export const columns = {
  customers: [
    ...['客户编号', '会员卡号', '姓名', '性别', '生日', '手机', '邮箱', '省份', '城市', '区县', '收货地址'],
    ...['职业', '学历', '年收入', '性格', '喜好'],
  ],
  orders: [
    ...['订单编号', '下单时间', '订单状态', '客户编号', '商品编码', '商品名称', '数量', '单价', '运费', '优惠'],
    ...['合计', '原单号', '原因', '发货时间', '签收时间', '确认收货时间', '物流公司', '物流单号'],
  ],
  parcels: ['订单编号', '发货时间', '签收时间', '确认收货时间', '物流公司', '物流单号'],
} as const

const states = { completed: '已完成', open: '待付款', void: '已关闭' } as const

/** What somebody who exports a till's or a web shop's customers of a time gets. @returns the file, or nothing where nobody came */
export async function customersFile(
  folder: string,
  outlet: Outlet,
  batch: readonly Happening[],
  agentOf: (customer: number) => Agent,
): Promise<string | undefined> {
  const rows = batch.flatMap((one) => {
    if (one.what !== 'arrival') return []
    const agent = agentOf(one.customer)
    return agent.outlet === outlet ? [customerRow(agent)] : []
  })
  return rows.length > 0 ? write(join(folder, `${outlet.shop.name}-客户.csv`), columns.customers, rows) : undefined
}

/** Its documents of a time: a row a line; a sale that was settled since is told again. */
export async function ordersFile(
  folder: string,
  outlet: Outlet,
  batch: readonly Happening[],
  of: { told: number; until: number; agentOf(customer: number): Agent },
): Promise<string | undefined> {
  const listed = new Set<string>()
  const rows = batch.flatMap((one) => {
    if (!('sale' in one) || one.sale.outlet !== outlet) return []
    if (one.what === 'refund') return refundRows(one.sale, of)
    // A sale stands in the file once, however much became of it meanwhile.
    const told = one.what === 'sale' || (one.what === 'settled' && one.sale.at <= of.told)
    if (!told || listed.has(one.sale.number)) return []
    listed.add(one.sale.number)
    return saleRows(one.sale, of)
  })
  return rows.length > 0 ? write(join(folder, `${outlet.shop.name}-订单.csv`), columns.orders, rows) : undefined
}

/** What became of parcels of sales that were told before: the numbers of orders, and times. */
export async function parcelsFile(
  folder: string,
  outlet: Outlet,
  batch: readonly Happening[],
  of: { told: number; until: number },
): Promise<string | undefined> {
  const sales = new Set(
    batch.flatMap((one) =>
      one.what === 'step' && one.sale.outlet === outlet && one.sale.at <= of.told ? [one.sale] : [],
    ),
  )
  const rows = Array.from(sales, (sale) => [sale.number, ...wayCells(sale, of)])
  return rows.length > 0 ? write(join(folder, `${outlet.shop.name}-物流.csv`), columns.parcels, rows) : undefined
}

function customerRow(agent: Agent): string[] {
  const { values, externalId, member, phone, email } = personAs(agent)
  const { birthday } = values
  const born = birthday && [birthday.year, birthday.month, birthday.day].filter(Boolean).join('-')
  return [
    ...[externalId, member, values.name, values.gender && (values.gender === 'female' ? '女' : '男')],
    ...[birthday && (birthday.calendar === 'lunar' ? `农历${born}` : born), phone, email],
    ...[values.province, values.city, values.district, values.address, values.occupation, values.education],
    ...[values.income, values.personality, values.preferences],
  ].map((text) => text ?? '')
}

type Of = { until: number; agentOf(customer: number): Agent }

function saleRows(sale: Sale, of: Of): string[][] {
  const { settled, postage, discount } = sale
  const state = !settled ? 'completed' : settled.at <= of.until ? settled.status : 'open'
  const lines = linesOfSale(sale).filter(({ good }) => good)
  return lines.map((line) => [
    ...[sale.number, timeText(sale.at), states[state], buyerOf(sale, of), ...goodsCells(line)],
    ...[postage ? decimalOf(postage, 2) : '', discount ? decimalOf(discount, 2) : '', '', ''],
    ...[state === 'void' ? neverPaid : '', ...wayCells(sale, of)],
  ])
}

function refundRows(sale: Sale, of: Of): string[][] {
  const all = linesOfRefund(sale)
  const total = decimalOf(amountOf(all), 2)
  return all
    .filter(({ good }) => good)
    .map((line) => [
      ...[refundNumber(sale), timeText(sale.refund!.at), states.completed, buyerOf(sale, of), ...goodsCells(line)],
      ...['', '', total, sale.number, sale.refund!.why, '', '', '', '', ''],
    ])
}

/** How far it is by the time of the file. */
function wayCells({ parcel }: Sale, { until }: Pick<Of, 'until'>): string[] {
  if (!parcel || parcel.shipped > until) return ['', '', '', '', '']
  const { shipped, delivered, received, carrier, tracking } = parcel
  const times = [shipped, delivered, received].map((at) => (at !== undefined && at <= until ? timeText(at) : ''))
  return [...times, carrier, tracking]
}

function goodsCells({ good, thousandths, price }: DocumentLine): string[] {
  return [good!.code, good!.name, decimalOf(thousandths, 3), decimalOf(price, 2)]
}

function buyerOf({ customer }: Sale, { agentOf }: Of): string {
  return customer === undefined ? '' : personAs(agentOf(customer)).externalId
}

function timeText(at: number): string {
  return new Date(at + zoneMs).toISOString().slice(0, 19).replace('T', ' ')
}

async function write(path: string, header: readonly string[], rows: readonly string[][]): Promise<string> {
  const numeric = header.flatMap((name, at) => (['数量', '单价', '运费', '优惠', '合计'].includes(name) ? [at] : []))
  await pipeline(Readable.from(writeCsv(rows, { columns: [...header], numeric })), createWriteStream(path))
  return path
}
