import { once } from 'node:events'
import { createWriteStream } from 'node:fs'

/**
 * Writes a file of lines in the form of the Online Retail file: about 20 lines an order, 5,000 products, a customer for each 100
 * lines, one order in eight without a customer, one in seven a cancellation. Deterministic.
 */
export async function writeMadeFile(path: string, lines: number): Promise<void> {
  const out = createWriteStream(path)
  out.write('InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n')
  const customers = Math.max(10, Math.floor(lines / 100))
  let seed = 7
  const draw = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
    return seed % below
  }
  let order = 600_000
  let written = 0
  const pad = (value: number) => String(value).padStart(2, '0')
  while (written < lines) {
    order += 1
    const cancelled = draw(7) === 0
    const customer = draw(8) === 0 ? '' : `${10_000 + draw(customers)}.0`
    const day = draw(700)
    const at = new Date(Date.UTC(2010, 0, 1 + day, 8 + draw(10), draw(60)))
    const when = `${at.getUTCFullYear()}-${pad(at.getUTCMonth() + 1)}-${pad(at.getUTCDate())} ${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}:00`
    const count = Math.min(lines - written, 1 + draw(39))
    let text = ''
    for (let line = 0; line < count; line += 1) {
      const product = 20_000 + draw(5000)
      const quantity = (1 + draw(24)) * (cancelled ? -1 : 1)
      text += `${cancelled ? 'C' : ''}${order},${product},MADE THING ${product},${quantity},${when},${(50 + draw(2000)) / 100},${customer},${draw(10) ? 'United Kingdom' : 'France'}\n`
    }
    written += count
    if (!out.write(text)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
}
