export { Lift } from './Lift.tsx'
