export { listReviews, reviewWords } from './list-reviews.ts'
export { reviews } from './module.ts'
export { type ReviewTold, saveReviews } from './save-reviews.ts'
export { withdrawReviews } from './withdraw-reviews.ts'
