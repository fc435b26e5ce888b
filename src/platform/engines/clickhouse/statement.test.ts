import { describe, expect, test } from 'vitest'
import { insertFromFile, oneStatement, quote, selectIntoFile } from './statement.ts'

describe('an insert whose rows come in the body', () => {
  test.each([
    ['INSERT INTO t FORMAT JSONEachRow', "INSERT INTO t FROM INFILE '/f' FORMAT JSONEachRow"],
    ['insert into shop.t (a, `b`)\nformat CSV\n', "insert into shop.t (a, `b`) FROM INFILE '/f' FORMAT CSV"],
    ['INSERT INTO t (a) VALUES', "INSERT INTO t (a) FROM INFILE '/f' FORMAT Values"],
    [
      'INSERT INTO t SETTINGS async_insert=0 FORMAT TSV',
      "INSERT INTO t FROM INFILE '/f' SETTINGS async_insert=0 FORMAT TSV",
    ],
    [
      "INSERT INTO t SELECT a + 1 FROM input('a UInt8') FORMAT CSV",
      "INSERT INTO t SELECT a + 1 FROM file('/f', CSV, 'a UInt8')",
    ],
  ])('%s reads them from a file', (sql, expected) => {
    expect(insertFromFile(sql, '/f')).toBe(expected)
  })

  test.each(['INSERT INTO t VALUES (1)', 'INSERT INTO t SELECT 1', 'SELECT 1 FORMAT JSON'])('%s is none', (sql) => {
    expect(insertFromFile(sql, '/f')).toBeUndefined()
  })
})

describe('a second statement', () => {
  test.each(['SELECT 1; SELECT 2', "SELECT ';' ; DROP TABLE t", 'SELECT 1 /* ; */ ; x', 'SELECT `a`;\n-- c\nSELECT 2'])(
    'is refused in %s',
    (sql) => expect(() => oneStatement(sql)).toThrow('Multi-statements are not allowed'),
  )

  test.each([
    ['SELECT 1;', 'SELECT 1'],
    ["SELECT ';', 'it''s; \\'; fine'", undefined],
    ['SELECT `;`, ";" -- ; more', undefined],
    ['SELECT 1 /* ; SELECT */ ; -- end; of it', 'SELECT 1 /* ; SELECT */ '],
    ['SELECT $x$ ; SELECT 2 $x$', undefined],
    ['INSERT INTO t FORMAT JSONEachRow {"a":"it\'s; here"}', undefined],
    ["INSERT INTO t VALUES ('a;b')", undefined],
  ])('is not seen in %s', (sql, expected = sql) => expect(oneStatement(sql)).toBe(expected))

  test('nothing but comments is no statement', () => {
    expect(() => oneStatement(' -- nothing\n')).toThrow('Empty query')
  })
})

describe('a statement that reads', () => {
  test.each([
    ['SELECT 1', "SELECT 1\nINTO OUTFILE '/f' FORMAT CSV"],
    ['SELECT 1 -- why', "SELECT 1 -- why\nINTO OUTFILE '/f' FORMAT CSV"],
    ['-- why\nWITH 1 AS x SELECT x\nFORMAT JSON', "-- why\nWITH 1 AS x SELECT x\nINTO OUTFILE '/f' \nFORMAT JSON"],
    ['(SELECT 1) UNION ALL (SELECT 2)', "(SELECT 1) UNION ALL (SELECT 2)\nINTO OUTFILE '/f' FORMAT CSV"],
    ["SELECT ' FORMAT TSV'", "SELECT ' FORMAT TSV'\nINTO OUTFILE '/f' FORMAT CSV"],
    ['SELECT 1 FORMAT TSV SETTINGS x=1', "SELECT 1\nINTO OUTFILE '/f'  FORMAT TSV SETTINGS x=1"],
  ])('%s writes to a file', (sql, expected) => {
    expect(selectIntoFile(sql, 'CSV', '/f')).toBe(expected)
  })

  test.each(['SHOW TABLES', 'INSERT INTO t SELECT 1', 'DESCRIBE t'])('%s does not', (sql) => {
    expect(selectIntoFile(sql, 'CSV', '/f')).toBeUndefined()
  })
})

test('a literal cannot be left by what is in it', () => {
  expect(quote("it's a \\ day")).toBe("'it\\'s a \\\\ day'")
})
