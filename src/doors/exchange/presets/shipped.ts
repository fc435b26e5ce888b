import type { Preset } from '../preset.ts'
import { onlineRetail } from './online-retail.ts'
import { shopifyOrders } from './shopify-orders.ts'
import { taobaoItems } from './taobao-items.ts'
import { taobaoOrders } from './taobao-orders.ts'

/** The presets that come with the house; saved ones may not take their codes. */
export const shippedPresets: readonly Preset[] = [onlineRetail, taobaoOrders, taobaoItems, shopifyOrders]
