export { addProduct } from './add-product.ts'
export { isGoods, type NewProduct, type Product, type ProductKind, productKind } from './contract.ts'
export { catalogAdded, catalogChanged, catalogRemoved } from './facts.ts'
export { catalogModule } from './module.ts'
