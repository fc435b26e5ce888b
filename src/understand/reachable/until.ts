/** Whole seconds since 1970, the last of them 2106: what stands until then stands. */
export const never = 4_294_967_295

export function secondsOf(at: Date): number {
  return Math.min(Math.ceil(at.getTime() / 1000), never)
}
