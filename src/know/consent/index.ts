export { type Compared, compareConsents } from './compare-consents.ts'
export type { Channel, Purpose } from './consent.ts'
export { emptyGrants, type GrantOf, grant, returnGrant, takeGrant } from './grants.ts'
export { type Link, pathOf } from './links.ts'
export {
  type ConsentState,
  changesAt,
  type MayContact,
  mayContact,
  mayPersonalise,
  type Reason,
} from './may-contact.ts'
export { consent } from './module.ts'
export { consentPreview } from './preview.ts'
export { recordConsents, type Said, type Telling } from './record-consents.ts'
export { rulesOf } from './rules.ts'
export { forgetConsents, saveConsents, withdrawConsents } from './save-consents.ts'
export { consentStates } from './states.ts'
export { type Address, addressesOf, suppress } from './suppression.ts'
export { textIdOf } from './texts.ts'
export { judged, type Outcome } from './told-consents.ts'
export { takeTouched } from './touched.ts'
