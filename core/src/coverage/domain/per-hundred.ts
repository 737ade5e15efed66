// A rate as people read it: so many of every hundred, with one decimal, rounded half up in whole numbers.
export function perHundred(part: bigint, whole: bigint): string | null {
  if (whole <= 0n) return null
  const tenths = (part * 2000n + whole) / (2n * whole)
  return `${tenths / 10n}.${tenths % 10n}`
}
