// `npm run bench -- NAME [--option value]…`; `--list` names them. Both sides of a case run in turn, in one run.
import { parseArgs } from 'node:util'

const benches: Record<
  string,
  { what: string; load: () => Promise<{ run(options: Record<string, string>): Promise<void> }> }
> = {
  duplicates: {
    what: 'who is the same person: how right (sets with known pairs) and how fast (--people 1000000 --repeats 1)',
    load: () => import('./duplicates.ts'),
  },
  import: {
    what: 'import of the real file and of made lines, beside a bare COPY of the same rows (--lines 5000000, --repeats 3)',
    load: () => import('./import.ts'),
  },
  ingest: {
    what: 'tracking over HTTP beside one insert per event and beside bare requests; steady through to the columns (--seconds 20, --repeats 3, --rate 10000)',
    load: () => import('./ingest.ts'),
  },
  live: {
    what: 'a hundred live segments: counted together beside one by one, from an event to its fact, idle (--customers 100000 --repeats 3 --rate 500 --seconds 60)',
    load: () => import('./live.ts'),
  },
  memory: {
    what: 'memory of a running shop by part (--data FOLDER --email A --password P of a made demo; --limit MB: in a control group)',
    load: () => import('./memory.ts'),
  },
  pages: {
    what: 'lists, customer page, search and overview over HTTP at --customers 1000000 --orders 10000000 (--data FOLDER --email A --password P of a made demo)',
    load: () => import('./pages.ts'),
  },
  predict: {
    what: 'fit of all buyers, grouped beside one by one; readings, forecast and outlooks of all (--customers 1000000 --repeats 1)',
    load: () => import('./predict.ts'),
  },
  recommend: {
    what: 'what people take next: methods beside each other on sets cut in time, and how long learning takes (--ease no)',
    load: () => import('./recommend.ts'),
  },
  resolve: {
    what: 'who is who in a batch, everything written (--customers 1000000 --batch 100000 --repeats 3)',
    load: () => import('./resolve.ts'),
  },
  search: {
    what: 'search of every kind at the API by 4 readers, beside pg_trgm (--customers 1000000 --orders 1000000 --calls 1000; --data FOLDER that has customers, or is filled and kept)',
    load: () => import('./search.ts'),
  },
  segments: {
    what: 'the twelve reference segments: estimate, count, beside statements by hand and beside rows in Postgres (--customers 100000 --rows 0; --data FOLDER is filled and kept, --make yes: only that)',
    load: () => import('./segments.ts'),
  },
  scope: {
    what: 'lists and searches of staff of a small shop, with customer_shops and as before it (--customers 250000 --few 100)',
    load: () => import('./scope.ts'),
  },
}

const { positionals, tokens } = parseArgs({
  args: process.argv.slice(2),
  strict: false,
  allowPositionals: true,
  tokens: true,
})
const options: Record<string, string> = {}
for (const [index, token] of tokens.entries()) {
  if (token.kind !== 'option') continue
  const next = tokens[index + 1]
  options[token.name] = token.value ?? (next?.kind === 'positional' ? next.value : 'yes')
}
const bench = benches[positionals[0] ?? '']
if (!bench || options.list) {
  for (const [name, { what }] of Object.entries(benches)) process.stdout.write(`${name.padEnd(10)} ${what}\n`)
  process.exitCode = options.list ? 0 : 2
} else {
  await (await bench.load()).run(options)
}
