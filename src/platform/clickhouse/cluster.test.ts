import { describe, expect, test } from 'vitest'
import { useHouse } from '../testing/index.ts'
import { compiled, onCluster, renamed, statementsOf } from './cluster.ts'
import { allStatements, clusterOf, migrateColumns } from './migrate.ts'

const house = useHouse()

const source = `
-- Words about it.
-- shard: intHash64(profile_id)
CREATE TABLE IF NOT EXISTS visits (
  profile_id UInt64,  -- whose; of whom
  version UInt64
) ENGINE = ReplacingMergeTree(version)
ORDER BY profile_id
SETTINGS non_replicated_deduplication_window = 100;

ALTER TABLE visits ADD COLUMN IF NOT EXISTS at DateTime;
`

describe('tables for a cluster', () => {
  test('on one server a statement is applied as it stands', () => {
    const [create, alter] = statementsOf(source)

    expect(compiled(create!)).toEqual([expect.stringMatching(/^CREATE TABLE IF NOT EXISTS visits \(/)])
    expect(compiled(alter!)).toEqual(['ALTER TABLE visits ADD COLUMN IF NOT EXISTS at DateTime'])
  })

  test('on a cluster each shard has a replicated part, and one table stands over them', () => {
    const [create] = statementsOf(source)

    expect(onCluster(create!, 'shops')).toEqual([
      `CREATE TABLE IF NOT EXISTS visits_local ON CLUSTER shops (
  profile_id UInt64,  -- whose; of whom
  version UInt64
) ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{uuid}', '{replica}', version)
ORDER BY profile_id
SETTINGS replicated_deduplication_window = 100`,
      'CREATE TABLE IF NOT EXISTS visits ON CLUSTER shops AS visits_local ENGINE = Distributed(shops, currentDatabase(), visits_local, intHash64(profile_id))',
    ])
  })

  test('a new column comes to the parts and to the whole', () => {
    const [, alter] = statementsOf(source)

    expect(onCluster(alter!, 'shops')).toEqual([
      'ALTER TABLE visits_local ON CLUSTER shops ADD COLUMN IF NOT EXISTS at DateTime',
      'ALTER TABLE visits ON CLUSTER shops ADD COLUMN IF NOT EXISTS at DateTime',
    ])
  })

  test('the engine can parse every statement of every migration, for one server, a cluster and a rebuild', async () => {
    const ctx = await house()
    const statements = await allStatements()
    const texts = [...statements, ...statements.map((one) => renamed(one, `${one.table}_next`))].flatMap((one) => [
      ...compiled(one),
      ...compiled(one, 'shops'),
    ])
    expect(texts.length).toBeGreaterThan(20)

    for (const text of texts) {
      const answer = await ctx.columns.query({
        query: 'SELECT formatQuery({text:String}) AS formatted',
        query_params: { text },
        format: 'JSONEachRow',
      })
      expect((await answer.json<{ formatted: string }>())[0]!.formatted).toMatch(/^(CREATE|ALTER|DROP)/)
    }
  })

  test('no table sorts, cuts or spreads its rows by anything that can change', async () => {
    const ids = ['id', 'profile_id', 'order_id', 'customer_id', 'tag_id', 'field_id', 'segment_id', 'row_id']
    const immutable = new Set([...ids, 'snapshot_id', 'line', 'entity', 'bucket', 'origin'])
    // Of what happened once: when, and where it stood in what was told.
    const dated = new Set(['shop_id', 'day', 'recorded_at', 'run', 'at', 'batch', 'place'])
    // Of one reckoning, which is written once, read whole and dropped whole: which it is, and what stands in it.
    const reckoned = new Set(['forecast', 'model', 'generation', 'product_id', 'other_id', 'place'])
    const reckonings = ['outlooks', 'related_products', 'product_habits', 'next_products', 'memberships']
    for (const { sql, table, shard } of await allStatements()) {
      if (!sql.startsWith('CREATE')) continue
      const keys = [/ORDER BY ([^\n]+)/.exec(sql)?.[1], /PARTITION BY (.+?)(?: ORDER|\n)/.exec(sql)?.[1], shard]
      const names = keys.join(' ').match(/\b[a-z_]+\b(?!\()/g) ?? []
      const once = table !== undefined && reckonings.includes(table)
      for (const name of names)
        expect(immutable.has(name) || (once ? reckoned : dated).has(name), `${table}: ${name}`).toBe(true)
      if (!once && names.some((name) => dated.has(name)))
        expect(['sales', 'facts', 'touched', 'behaviour', 'membership_flips']).toContain(table)
    }
  })
})

describe('migrating the columns', () => {
  test('a second start changes nothing', async () => {
    const ctx = await house()

    expect(await migrateColumns(ctx.columns)).toEqual([])
    expect(await clusterOf(ctx.columns)).toBeUndefined()
  })

  test('a crash between two statements ends well at the next start', async () => {
    const ctx = await house()
    await ctx.columns.command({ query: 'TRUNCATE TABLE migrations' })
    await ctx.columns.command({ query: 'DROP TABLE traits SYNC' })

    const applied = await migrateColumns(ctx.columns)

    expect(applied).toContain('0001-columns.sql')
    await ctx.columns.command({ query: 'SELECT customer_id FROM traits' })
  })

  test('columns of a newer version are refused', async () => {
    const ctx = await house()
    await ctx.columns.insert({ table: 'migrations', values: [{ name: '9999-later.sql' }], format: 'JSONEachRow' })

    await expect(migrateColumns(ctx.columns)).rejects.toThrow('Start the newer version')
  })
})
