// How long a page may be kept, by whom.
import type { HeadersArgs } from 'react-router'

const never = { 'cache-control': 'no-store' }

/** Public figures change with the day's work: a minute in any cache, and an old copy while a new one is fetched. */
export const publicPage = ({ errorHeaders }: HeadersArgs): HeadersInit =>
  errorHeaders ? never : { 'cache-control': 'public, max-age=60, stale-while-revalidate=600' }

/** An answer about one member stays with the one who asked. */
export const privatePage = (): HeadersInit => ({ 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' })

export const troublePage = (): HeadersInit => never
