export { answered } from './answers.ts'
export { rowsOf } from './ask.ts'
export { pathAsked } from './ask-orders.ts'
export { type Among, type Bindings, type Bound, bindings, type Compiled } from './bindings.ts'
export { compileAnswers, compileReasons, compileTally, type Many } from './compile-answers.ts'
export { compileCondition, scoreSql } from './compile-condition.ts'
export { compileFound, compileMembers, type ManyKept } from './compile-members.ts'
export { compileKept, compilePaths, gathered, type KeptPlace, type PathRow } from './compile-paths.ts'
export { cellsOf, compileReach } from './compile-reach.ts'
export { compileSample } from './compile-sample.ts'
export { compileSnapshot } from './compile-snapshot.ts'
export { contactCells, kindBits } from './contact-bits.ts'
export { refuseCostly } from './cost.ts'
export { desugar } from './desugar.ts'
export { distanceAsked, nearestOf, type Position } from './distance-asked.ts'
export { type Facets, facetsOf } from './facets.ts'
export { countCustomers, type Found, findAll, findCustomers } from './find.ts'
export { linesOfGoods } from './goods-lines.ts'
export {
  type Completion,
  complete,
  type Fault,
  format,
  inWords,
  type Named,
  type Names,
  namesOf,
  parse,
  placeName,
  placeSaid,
  writtenIn,
} from './language/index.ts'
export { type Lens, type Looks, lensOf, todayOf } from './lens.ts'
export { firstDayOf, lastDayOf, monthOf } from './month.ts'
export { type PathAsked, placeOf } from './path-sql.ts'
export { type Plan, planOf } from './plan.ts'
export { sourceOfPlan } from './plan-source.ts'
export { productSales } from './product-sales.ts'
export { productsIn } from './products-in.ts'
export { arrivalsByPerson } from './record.ts'
export { regionsInUse } from './regions-in-use.ts'
export { asksOfTraitsAlone, sampleOf } from './sample.ts'
export {
  expand,
  memberQuestion,
  namedSegments,
  namedSnapshots,
  type SegmentTree,
  segmentTrees,
  withSegments,
} from './segment.ts'
export { sourceOf } from './source.ts'
export { newSql, stageSql } from './stage-sql.ts'
export { type Measure, measuresOf, type Yardstick } from './yardstick.ts'
