export { definitionsFor } from './definitions-for.ts'
export { metrics } from './module.ts'
export { overview } from './overview.ts'
export { productNumbers } from './product-numbers.ts'
