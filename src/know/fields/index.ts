export { addField } from './keep-fields.ts'
export { fields } from './module.ts'
export { ownFieldsOf } from './own-fields.ts'
export { type OwnValue, ownShape } from './own-value.ts'
