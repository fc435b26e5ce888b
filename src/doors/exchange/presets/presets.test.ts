import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Context } from '#platform/context.ts'
import { useHouse } from '#platform/testing/index.ts'
import { aFile, anImport } from '../an-import.ts'
import { guessPreset } from '../guess.ts'
import { problemsFrom } from '../problems.ts'
import { look } from '../register.ts'
import { columnsOf } from '../stage/columns.ts'
import { shippedPresets } from './shipped.ts'
import { shopifyOrders } from './shopify-orders.ts'
import { taobaoItems } from './taobao-items.ts'
import { taobaoOrders } from './taobao-orders.ts'

const house = useHouse()

async function documents(ctx: Context) {
  const { rows } = await sql<Record<string, unknown>>`
    select o.number, o.kind, o.status, o.amount, o.placed_at, p.external_id,
           (select json_agg(json_build_array(kind, quantity, amount) order by line) from order_lines where order_id = o.id) as lines
      from orders o join profiles p on p.id = o.profile_id order by o.number`.execute(ctx.db)
  return rows
}

/** As 千牛 saves it: GB18030, numbers as ="…", a trailing space in a header, a masked phone. */
const taobaoFile = gb18030(
  '订单编号,买家会员名,买家应付邮费,买家实际支付金额,订单状态 ,收货人姓名,收货地址,联系手机,订单创建时间,宝贝标题,宝贝总数量\n' +
    '="2501234567890123456",tb_小明,8.00,"128.00元",交易成功,张伟,浙江省 杭州市,\'13800138000,2026-01-05 12:30:00,龙井茶,2\n' +
    '="2501234567890123457",tb_小红,0.00,0.00,等待买家付款,李**,上海市,138****8000,2026-01-06 09:00:00,普洱茶,1\n' +
    '2.50E+18,tb_小红,0.00,30.00,交易成功,李**,上海市,138****8000,2026-01-06 09:00:00,普洱茶,1\n',
)

/** The other direction of what TextDecoder can: two-byte characters looked up by decoding them all. */
function gb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030')
  const bytes = new Map<string, number[]>()
  for (let lead = 0x81; lead < 0xff; lead += 1) {
    for (let trail = 0x40; trail < 0xff; trail += 1) {
      if (trail !== 0x7f) bytes.set(decoder.decode(Buffer.from([lead, trail])), [lead, trail])
    }
  }
  return Buffer.from(Array.from(text).flatMap((one) => (one < '\u0080' ? [one.charCodeAt(0)] : bytes.get(one)!)))
}

test('an order export of Taobao: GB18030, numbers as text, unpaid orders count nowhere, a ruined number is refused', async () => {
  const ctx = await house()

  const one = await anImport(ctx, taobaoFile, { preset: taobaoOrders, name: 'ExportOrderList.csv' })

  expect(one.state).toBe('applied')
  expect(await documents(ctx)).toMatchObject([
    {
      number: '2501234567890123456',
      status: 'completed',
      amount: 12800,
      externalId: 'tb_小明',
      lines: [
        ['goods', 2, 12000],
        ['postage', 1, 800],
      ],
    },
    { number: '2501234567890123457', status: 'void', amount: 0 },
  ])
  const { rows } = await sql`select name, phone, number from customers order by number`.execute(ctx.db)
  expect(rows).toEqual([
    { name: '张伟', phone: '+8613800138000', number: 'tb_小明' },
    { name: null, phone: null, number: 'tb_小红' },
  ])
  expect(await problemsFrom(ctx, one.id, 0, 10)).toMatchObject([
    { row: 4, reason: 'exchange.ruined_number', value: '2.50E+18' },
  ])
})

test('an item export of Taobao: what was paid and given back per line', async () => {
  const ctx = await house()

  await anImport(
    ctx,
    '子订单编号,主订单编号,标题,价格,购买数量,商家编码,订单状态,买家实际支付金额,退款状态,退款金额,订单创建时间\n' +
      '1,100,龙井茶,60.00,2,LJ,交易成功,110.00,没有申请退款,无退款申请,2026-01-05 12:30:00\n' +
      '2,100,普洱茶,30.00,1,PE,交易成功,30.00,退款成功,30.00,2026-01-05 12:30:00\n',
    { preset: taobaoItems },
  )

  expect(await documents(ctx)).toMatchObject([
    {
      number: '100',
      amount: 14000,
      lines: [
        ['goods', 2, 11000],
        ['goods', 1, 3000],
      ],
    },
    { number: '100-R', kind: 'cancellation', amount: -3000, lines: [['goods', -1, -3000]] },
  ])
})

test('Shopify orders: order cells on the first row only, discount, tax, refund, a cancelled one', async () => {
  const ctx = await house()
  await sql`update merchant set currency = 'USD'`.execute(ctx.db)

  const one = await anImport(
    ctx,
    'Name,Email,Financial Status,Currency,Shipping,Taxes,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Name,Billing Country,Phone,Cancelled at,Refunded Amount\n' +
      '#1001,Ann@Example.com,partially_refunded,USD,5.00,2.00,45.00,2.00,2026-01-31 10:00:00 +0900,2,Cup,15.00,CUP,Ann Smith,US,,,10.00\n' +
      '#1001,,,,,,,,2026-01-31 10:00:00 +0900,1,Mug,10.00,MUG,,,,,\n' +
      '#1002,bob@example.com,voided,USD,0.00,0.00,10.00,0.00,2026-02-01 10:00:00 +0900,1,Mug,10.00,MUG,Bob,US,,2026-02-01 11:00:00 +0900,0.00\n' +
      '#1003,,paid,USD,0.00,0.00,10.00,0.00,2026-02-01 10:00:00 +0900,1,Mug,10.00,MUG,,,,,\n',
    { preset: shopifyOrders },
  )

  expect(await problemsFrom(ctx, one.id, 0, 10)).toEqual([])
  expect(await documents(ctx)).toMatchObject([
    {
      number: '#1001',
      amount: 4500,
      externalId: 'ann@example.com',
      lines: [
        ['goods', 2, 3000],
        ['goods', 1, 1000],
        ['postage', 1, 500],
        ['discount', 1, -200],
        ['fee', 1, 200],
      ],
    },
    { number: '#1001-R', kind: 'cancellation', amount: -1000 },
    { number: '#1002', status: 'void' },
    { number: '#1003', externalId: 'order:#1003', amount: 1000 },
  ])
  const { rows } = await sql<{ placedAt: Date }>`select placed_at from orders where number = '#1001'`.execute(ctx.db)
  expect(rows[0]!.placedAt.toISOString()).toBe('2026-01-31T01:00:00.000Z')
})

const wanted = { presets: shippedPresets, zone: 'Asia/Shanghai', currency: 'CNY' }

async function guessed(content: string | Buffer) {
  const shape = await look(await aFile(content), 'file.csv')
  const preset = guessPreset(shape, wanted)
  const found = columnsOf(preset, shape.columns)
  return {
    code: preset.code,
    columns: Object.fromEntries(Object.entries(found).map(([target, at]) => [target, shape.columns[at!]])),
  }
}

test('a known export is recognised by its header', async () => {
  expect((await guessed(taobaoFile)).code).toBe('taobao-orders')
  expect(
    (
      await guessed(
        'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n1,a,b,1,2011-01-01,1,2,UK\n',
      )
    ).code,
  ).toBe('online-retail')
})

test('an unknown file is understood by its words, in Chinese and English', async () => {
  expect(
    await guessed('小票号,销售时间,会员卡号,手机号,货号,品名,数量,单价\n1,2026-01-01,V1,13800138000,a,b,1,1\n'),
  ).toEqual({
    code: 'own',
    columns: {
      'order.number': '小票号',
      'order.placedAt': '销售时间',
      'line.code': '货号',
      'line.name': '品名',
      'line.quantity': '数量',
      'line.unitPrice': '单价',
      'customer.member': '会员卡号',
      'customer.phone': '手机号',
    },
  })
  expect(
    (await guessed('Full Name,E-mail,Mobile,Date of Birth,City\nAnn,a@b.co,+4477,1990-01-01,York\n')).columns,
  ).toEqual({
    'customer.name': 'Full Name',
    'customer.email': 'E-mail',
    'customer.phone': 'Mobile',
    'customer.birthday': 'Date of Birth',
    'customer.city': 'City',
  })
  expect((await guessed('SKU,Title,Price,Stock\na,b,1,2\n')).columns).toEqual({
    'line.code': 'SKU',
    'line.name': 'Title',
    'product.price': 'Price',
    'product.stock': 'Stock',
  })
})

test('a column whose name says nothing is understood by its values', async () => {
  const { columns } = await guessed('x,y,z\na@b.co,13800138000,女\nc@d.co,13900139000,男\ne@f.co,13700137000,女\n')

  expect(columns).toEqual({ 'customer.email': 'x', 'customer.phone': 'y', 'customer.gender': 'z' })
})
