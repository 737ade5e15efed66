// Which figures are published: pages link to those only. Without the list a page still stands, it just links to none.
import type { Published } from './components/figure-link.tsx'
import { apiContext, type Context } from './context.ts'

export const publishedFigures = (context: Context): Promise<Published> =>
  context
    .get(apiContext)
    .figures({})
    .catch(() => [])
