export { type TestContext, useHouse } from './house.ts'
export { type Answer, serverOf, staffActor, type TestServer } from './server.ts'
