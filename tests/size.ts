// One variable decides how large the tests are: reduced by default, PAYUNG_SIZE=full for the numbers we promise.

export const isFull = process.env.PAYUNG_SIZE === 'full'

/** The first number usually, the second with PAYUNG_SIZE=full. */
export const size = (reduced: number, full: number): number => (isFull ? full : reduced)
