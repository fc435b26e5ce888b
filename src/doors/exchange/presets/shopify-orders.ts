import type { Preset } from '../preset.ts'

/**
 * Shopify's export of orders: one row a line, what belongs to the order only on its first row. Dates carry their zone. The
 * customer is known by e-mail, else by phone.
 */
export const shopifyOrders: Preset = {
  code: 'shopify-orders',
  name: 'Shopify orders',
  source: { code: 'shopify', name: 'Shopify' },
  merchant: 'My store',
  zone: 'America/New_York',
  currency: 'USD',
  dates: 'year-first',
  columns: {
    'order.number': ['Name'],
    'order.placedAt': ['Created at'],
    'order.status': ['Financial Status'],
    'order.cancelledAt': ['Cancelled at'],
    'order.currency': ['Currency'],
    'order.total': ['Total'],
    'order.postage': ['Shipping'],
    'order.discount': ['Discount Amount'],
    'order.tax': ['Taxes'],
    'order.refund': ['Refunded Amount'],
    'line.code': ['Lineitem sku'],
    'line.name': ['Lineitem name'],
    'line.quantity': ['Lineitem quantity'],
    'line.unitPrice': ['Lineitem price'],
    'customer.email': ['Email'],
    'customer.phone': ['Phone', 'Billing Phone', 'Shipping Phone'],
    'customer.name': ['Billing Name', 'Shipping Name'],
    'customer.country': ['Billing Country', 'Shipping Country'],
    'customer.province': ['Billing Province Name', 'Billing Province'],
    'customer.city': ['Billing City', 'Shipping City'],
    'customer.address': ['Billing Street', 'Billing Address1'],
    'customer.postcode': ['Billing Zip', 'Shipping Zip'],
    'customer.notes': ['Notes'],
  },
  documents: [],
  statuses: {
    paid: 'completed',
    partially_paid: 'open',
    authorized: 'open',
    pending: 'open',
    partially_refunded: 'completed',
    refunded: 'completed',
    voided: 'void',
    expired: 'void',
  },
  products: [],
  customerNumbers: 'as-written',
  rates: {},
}
