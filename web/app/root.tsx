// The frame of every page: language, head, menu, foot; and what is shown when a page is missing or the system is in trouble.
import { isRouteErrorResponse, Links, Meta, Outlet } from 'react-router'
import type { Route } from './+types/root'
import { SiteFoot } from './components/site-foot.tsx'
import { SiteHead } from './components/site-head.tsx'
import { Stopped } from './components/stopped.tsx'
import { originContext, schemeOf } from './context.ts'
import font from './font/plus-jakarta-sans.woff2?url'
import { troublePage } from './headers.ts'
import icon from './icon.svg?url'
import { languageOf, preferredLanguage } from './languages.ts'
import { useTongue } from './tongue.ts'
import './styles/tokens.css'
import './styles/base.css'
import './styles/layout.css'
import './styles/parts.css'
import './styles/tables.css'
import './styles/figures.css'
import './styles/map.css'
import './styles/cover.css'
import './styles/letter.css'
import './styles/media.css'

/** Never fails: the frame must stand even when the API does not answer. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { pathname, origin } = new URL(request.url)
  return {
    language: languageOf(pathname) ?? preferredLanguage(request.headers.get('accept-language')),
    origin: context.get(originContext) || origin,
    scheme: await schemeOf(context).catch(() => null),
  }
}

export const headers = troublePage

export function Layout({ children }: { children: React.ReactNode }) {
  const { language, words } = useTongue()
  return (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="theme-color" content="#fbf8f2" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#12152a" media="(prefers-color-scheme: dark)" />
        <link rel="preload" as="font" type="font/woff2" href={font} crossOrigin="anonymous" />
        <link rel="icon" type="image/svg+xml" href={icon} />
        <Meta />
        <Links />
      </head>
      <body>
        <a className="skip button" href="#content">
          {words.skip}
        </a>
        <SiteHead />
        <main id="content" tabIndex={-1}>
          {children}
        </main>
        <SiteFoot />
      </body>
    </html>
  )
}

export default function Root() {
  return <Outlet />
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  const status = isRouteErrorResponse(error) ? error.status : 500
  return <Stopped kind={status === 404 ? 'missing' : status === 429 ? 'busy' : 'trouble'} />
}
