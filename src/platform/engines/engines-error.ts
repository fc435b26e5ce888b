/** An engine cannot be had. The message says what is wrong and what to do; it is meant for the operator. */
export class EnginesError extends Error {
  override name = 'EnginesError'
}
