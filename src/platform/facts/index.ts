export { type Announcement, announce, announceAll, type FactKind, fact } from './announce.ts'
export { type Fact, type Listener, listenAll, listenOnce, registerListeners } from './listen.ts'
export { ensureFactPartitions } from './partitions.ts'
