import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { easeOf } from '#understand/recommend/relatedness/ease.ts'
import { neighboursOf } from '#understand/recommend/relatedness/neighbours.ts'
import { isThere } from '#understand/recommend/testing/published.ts'
import { relate } from '#understand/recommend/training/method.ts'
import { type Fared, frequencies, related } from './recommend/rank.ts'
import { type CutSet, onlineRetail, taFengBaskets, taobao } from './recommend/sets.ts'

// Which method foretells best what people take, by full ranking on sets cut in time, with how much of the shop it shows and how often it
// repeats; and how long the one that is used takes, and its memory. EASE only where its square of products fits (--ease no: not at all).
// `--only online-retail` (or made): that alone; what else was measured before stays in the results.

const sets: Record<string, { file: string; load: () => CutSet }> = {
  'online-retail': { file: 'online-retail/online_retail.csv.gz', load: onlineRetail },
  'ta-feng': { file: 'ta-feng/tafeng_history.json.gz', load: taFengBaskets },
  taobao: { file: 'taobao/buy.train.txt.gz', load: taobao },
}
const mostForEase = 5000

type Learnt = { products: number; people: number; pairs: number; related: number; seconds: number; peakMb: number }

export async function run(options: Record<string, string>): Promise<void> {
  const before = beforeThis()
  const fared: Fared[] = options.only ? before.fared.filter(({ set }) => set !== options.only) : []
  const tell = (rows: Fared[]) => {
    for (const row of rows) process.stdout.write(`${lineOf(row)}\n`)
    fared.push(...rows)
  }
  for (const [name, { file, load }] of Object.entries(sets)) {
    if (options.only && options.only !== name) continue
    if (!isThere(file)) {
      process.stdout.write(`Absent: ../shared/data/${file}\n`)
      continue
    }
    const set = load()
    const carts = set.aside.some((products) => products.length > 0)
    tell(frequencies(set))
    const knn = (taken: Parameters<typeof relate>[0]) =>
      neighboursOf(taken, { weighing: 'plain', shrink: 10, most: 50 })
    if (carts) tell(related(set, 'item-kNN, purchases alone', knn, { owns: [0], aside: false }))
    tell(related(set, 'item-kNN', knn, { owns: [0, 2], aside: true }))
    if (set.products <= mostForEase && options.ease !== 'no')
      tell(related(set, 'EASE', (taken) => easeOf(taken, { lambda: 100, most: 200 }), { owns: [0], aside: true }))
    tell(related(set, 'fitted (used)', relate, { owns: [0, 2], aside: true }))
    write(fared, before.learnt)
  }
  if (options.only && options.only !== 'made') return
  const learnt: Learnt[] = []
  for (const [products, people] of [
    [5_000, 100_000],
    [100_000, 1_000_000],
  ] as const) {
    const script = fileURLToPath(new URL('./recommend/learn-once.ts', import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, [script, String(products), String(people)])
    process.stdout.write(`${stdout}\n`)
    learnt.push(JSON.parse(stdout) as Learnt)
  }
  write(fared, learnt)
}

function beforeThis(): { fared: Fared[]; learnt: Learnt[] } {
  const file = new URL('./results/recommend.json', import.meta.url)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { fared: [], learnt: [] }
}

function write(fared: Fared[], learnt: Learnt[]): void {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}; node ${process.version}`
  const at = new Date().toISOString()
  const folder = new URL('./results/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    new URL('recommend.json', folder),
    `${JSON.stringify({ name: 'recommend', at, machine, fared, learnt }, null, 2)}\n`,
  )
  const times = learnt.map(
    (one) =>
      `| ${one.products} | ${one.people} | ${one.pairs} | ${one.seconds.toFixed(1)} | ${Math.round(one.peakMb)} |`,
  )
  writeFileSync(
    new URL('recommend.md', folder),
    `# recommend

${machine}; ${at}

Lists of ten, all products ranked. \`new\`: what a person had not bought before; \`any\`: repetitions too. Coverage: share of the products on
any list; repeated: share of places with what the person took before; most: share of people shown the same product.

| set | of | method | HR@10 | NDCG@10 | recall | coverage | repeated | most | learnt in s |
|---|---|---|---|---|---|---|---|---|---|
${fared.map(lineOf).join('\n')}

Learning what goes with what in a made shop, ten products a person, in a process of its own:

| products | people | pairs | s | peak MB, the made shop included |
|---|---|---|---|---|
${times.join('\n')}
`,
  )
}

function lineOf(row: Fared): string {
  const { set, of, method, hit, ndcg, recall, coverage, repeated, most, seconds } = row
  const cells = [
    hit.toFixed(4),
    ndcg.toFixed(4),
    recall.toFixed(4),
    coverage.toFixed(3),
    repeated.toFixed(2),
    most.toFixed(2),
  ]
  return `| ${set} | ${of} | ${method} | ${cells.join(' | ')} | ${seconds.toFixed(1)} |`
}
