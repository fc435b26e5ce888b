export { isGoods } from './contract.ts'
export { catalogModule } from './module.ts'
export { removeProducts } from './remove-many.ts'
export { saveProducts } from './save-many.ts'
