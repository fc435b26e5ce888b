// What the load sends: a shop's messages at about 400 bytes each, every one with a name of its own.

const pages = ['/', '/tea', '/tea/longjing', '/cups', '/gifts', '/cart']

/** @param people how many different customers; one message in fifty says who they are, one in a hundred is an order */
export function messageOf(run: string, n: number, people: number): string {
  const user = `user-${(n * 7919) % people}`
  const at = new Date().toISOString()
  const head = `"messageId":"${run}-${n}","userId":"${user}","anonymousId":"browser-${user}","timestamp":"${at}"`
  const context = `"context":{"page":{"path":"${pages[n % pages.length]}","title":"Cloud tea house","referrer":"https://search.example/"},"library":{"name":"bench","version":"1"},"locale":"zh-CN"}`
  if (n % 50 === 1) {
    return `{"type":"identify",${head},${context},"traits":{"name":"顾客${(n * 7919) % people}","email":"${user}@mail.example"}}`
  }
  if (n % 100 === 2) {
    return `{"type":"track","event":"Order Completed",${head},${context},"properties":{"order_id":"${run}-${n}","total":88,"products":[{"sku":"TEA-${n % 200}","price":44,"quantity":2}]}}`
  }
  const event = n % 5 === 0 ? 'Product Added' : 'Product Viewed'
  return `{"type":"track","event":"${event}",${head},${context},"properties":{"sku":"TEA-${n % 200}","name":"Longjing before the rain","price":44,"currency":"CNY","category":"Green tea"}}`
}

export function batchOf(run: string, from: number, count: number, people: number): string {
  const messages: string[] = []
  for (let n = from; n < from + count; n += 1) messages.push(messageOf(run, n, people))
  return `{"sentAt":"${new Date().toISOString()}","batch":[${messages.join(',')}]}`
}
