// One import in a process of its own, so that its memory is its own. Prints {ms, peakMb, visibleMs, lines}.

import { openHouse } from '#app/open-house.ts'
import { importFile } from '#doors/exchange/index.ts'
import { readConfig } from '#platform/config.ts'
import { projectionLag, projectOnce } from '#understand/projection/index.ts'

const [path, preset] = process.argv.slice(2)
if (!path || !preset) throw new Error('import-once FILE PRESET')
const house = await openHouse(readConfig())
try {
  // The columns follow while the import runs, as beside a server.
  let ended = false
  const following = (async () => {
    while (!ended || (await projectionLag(house.ctx)).pendingRows > 0) {
      if (!(await projectOnce(house.ctx))) await new Promise((resolve) => setTimeout(resolve, 200))
    }
  })()
  const began = performance.now()
  const { summary } = await importFile(house.ctx, { path, preset })
  const ms = performance.now() - began
  ended = true
  await following
  const visibleMs = performance.now() - began - ms
  process.stdout.write(
    `${JSON.stringify({ ms, visibleMs, peakMb: process.resourceUsage().maxRSS / 1024, lines: summary.lines })}\n`,
  )
} finally {
  await house.close()
}
