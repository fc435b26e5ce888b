// Learns what goes with what in a made shop, in a process of its own, so that its memory is its own: products, people.
import { relate } from '#understand/recommend/training/method.ts'
import { madeShop } from './sets.ts'

const [products, people] = process.argv.slice(2).map(Number)
const taken = madeShop(products!, people!)
const before = process.memoryUsage().rss
const began = performance.now()
const near = relate(taken)
const seconds = (performance.now() - began) / 1000
const peakMb = process.resourceUsage().maxRSS / 1024
process.stdout.write(
  JSON.stringify({
    products,
    people,
    pairs: taken.columns.length,
    related: near.columns.length,
    seconds,
    peakMb,
    beforeMb: before / 2 ** 20,
  }),
)
