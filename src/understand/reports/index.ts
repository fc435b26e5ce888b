export { exportReport, formats } from './export-report.ts'
export { reports } from './module.ts'
export { reportOf, reportsOf } from './report.ts'
export { runReport } from './run-report.ts'
