// The front door. A program holds the engines for as long as it needs them:
//
//   const engines = await holdEngines({ dataDir: '.data' }, (line) => log.info(line))
//   …engines.databaseUrl, engines.clickhouseUrl…
//   await engines.release()

export { type EngineConfig, type Engines, holdEngines } from './hold.ts'
export { type Leftover, leftoversIn } from './look.ts'
