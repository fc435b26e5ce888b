export { type FileImport, importFile } from './import-file.ts'
export { exchangeModule } from './module.ts'
