import type { Preset } from '../preset.ts'

/**
 * UCI Online Retail: a British gift shop, one row per line. What its codes are was found in the data itself; the reasons stand
 * in docs/decisions/0003-import-rules.md.
 */
export const onlineRetail: Preset = {
  code: 'online-retail',
  name: 'Online Retail (UCI)',
  source: { code: 'online-retail', name: 'Online Retail' },
  merchant: 'Online Retail',
  zone: 'Europe/London',
  currency: 'GBP',
  dates: 'year-first',
  columns: {
    'order.number': ['InvoiceNo', 'Invoice'],
    'order.placedAt': ['InvoiceDate'],
    'line.code': ['StockCode'],
    'line.name': ['Description'],
    'line.quantity': ['Quantity'],
    'line.unitPrice': ['UnitPrice', 'Price'],
    'customer.id': ['CustomerID', 'Customer ID'],
    'customer.country': ['Country'],
  },
  documents: [
    { prefix: 'C', kind: 'cancellation' },
    { prefix: 'A', kind: 'adjustment' },
  ],
  statuses: {},
  products: [
    { code: 'POST', kind: 'postage' },
    { code: 'DOT', kind: 'postage' },
    { code: 'C2', kind: 'postage' },
    { code: 'M', kind: 'adjustment' },
    { code: 'B', kind: 'adjustment' },
    { code: 'D', kind: 'discount' },
    { code: 'BANK CHARGES', kind: 'fee' },
    { code: 'AMAZONFEE', kind: 'fee' },
    { code: 'CRUK', kind: 'fee' },
    { code: 'S', kind: 'sample' },
    { prefix: 'gift_', kind: 'gift_card' },
  ],
  customerNumbers: 'whole',
  rates: {},
}
