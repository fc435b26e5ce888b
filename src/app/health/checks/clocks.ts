import { sql } from 'kysely'
import { merchantIfAny } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { instantIn } from '#platform/days.ts'
import type { Check } from '../check.ts'
import type { Finding } from '../finding.ts'

const mostSkewMs = 2000

/** Leases, sessions and lag compare instants of three clocks: the machine's and the engines'. */
export const clockCheck: Check = {
  name: 'clocks',
  needs: ['records', 'columns'],
  async run({ ctx }) {
    const found: Finding[] = []
    const clocks: [string, () => Promise<number>][] = [
      ['Postgres', () => timeOfRecords(ctx)],
      ['ClickHouse', () => timeOfColumns(ctx)],
    ]
    for (const [engine, ask] of clocks) {
      const asked = ctx.clock.machine().getTime()
      const told = await ask()
      const answered = ctx.clock.machine().getTime()
      // It was told at some moment in between.
      const skew = told < asked ? told - asked : told > answered ? told - answered : 0
      if (Math.abs(skew) > mostSkewMs)
        found.push({
          code: 'clock_skew',
          level: 'wrong',
          params: { engine, seconds: Math.round(skew / 1000) },
          commands: ['timedatectl set-ntp true', 'timedatectl status'],
        })
    }
    return found
  },
}

/** Days are days of the shop's zone, computed here, by Postgres and by ClickHouse: all must know the same rules. */
export const zoneCheck: Check = {
  name: 'time zones',
  needs: ['records', 'columns'],
  async run({ ctx }) {
    const zone = (await merchantIfAny(ctx).catch(() => undefined))?.zone
    if (!zone) return []
    const year = ctx.clock.machine().getUTCFullYear()
    const days = Array.from({ length: 24 }, (_, month) => new Date(Date.UTC(year, month, 1, 12)))
    const own = days.map((day) => offsetHere(zone, day))
    const { rows } = await sql<{ minutes: number }>`
      select (extract(epoch from (at at time zone ${zone}) - (at at time zone 'UTC')) / 60)::int as minutes
        from unnest(${days.map((day) => day.toISOString())}::timestamptz[]) with ordinality as days(at, place) order by place`.execute(
      ctx.db,
    )
    const answer = await ctx.columns.query({
      query: `SELECT toInt32(timezoneOffset(toTimeZone(toDateTime(arrayJoin({days:Array(UInt32)})), {zone:String})) / 60) AS minutes`,
      query_params: { days: days.map((day) => day.getTime() / 1000), zone },
      format: 'JSONEachRow',
    })
    const others: [string, number[]][] = [
      ['Postgres', rows.map(({ minutes }) => minutes)],
      ['ClickHouse', (await answer.json<{ minutes: number }>()).map(({ minutes }) => minutes)],
    ]
    return others
      .filter(([, minutes]) => minutes.some((one, at) => one !== own[at]))
      .map(([engine]) => ({
        code: 'zone_differs',
        level: 'look',
        params: { engine, zone },
        commands: ['apt-get install --only-upgrade tzdata', 'npm ci'],
      }))
  },
}

function offsetHere(zone: string, day: Date): number {
  const noon = day.toISOString().slice(0, 19)
  return (Date.parse(`${noon}Z`) - instantIn(zone, noon).getTime()) / 60_000
}

async function timeOfRecords(ctx: Context): Promise<number> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(ctx.db)
  return rows[0]!.now.getTime()
}

async function timeOfColumns(ctx: Context): Promise<number> {
  const answer = await ctx.columns.query({
    query: 'SELECT toUnixTimestamp64Milli(now64(3)) AS now',
    format: 'JSONEachRow',
  })
  return (await answer.json<{ now: number }>())[0]!.now
}
