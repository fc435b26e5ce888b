export { type FileImport, importFile } from './import-file.ts'
