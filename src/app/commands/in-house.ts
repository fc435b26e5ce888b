import { type Config, readConfig } from '#platform/config.ts'
import type { Context } from '#platform/context.ts'
import { openHouse } from '../open-house.ts'

/** Does a command's work in the house, and closes it however the work ends. Engines that nobody else holds are started and stopped. */
export async function inHouse(work: (ctx: Context, config: Config) => Promise<void>): Promise<void> {
  const config = readConfig()
  const house = await openHouse(config)
  try {
    await work(house.ctx, config)
  } finally {
    await house.close()
  }
}
