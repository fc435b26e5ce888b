export { compareFile, type FileImport, importFile } from './import-file.ts'
export { exchangeModule } from './module.ts'
export { unusableRows } from './unusable.ts'
