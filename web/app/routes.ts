// Every page in every language. The route of a page is named by language and page, because one file serves both.
import { index, prefix, type RouteConfig, route } from '@react-router/dev/routes'
import { addresses, type Language, languages } from './words/addresses.ts'

const pages = (language: Language) => {
  const at = addresses[language]
  const page = (path: string, file: string) => route(path, `routes/${file}.tsx`, { id: `${language}/${file}` })
  return prefix(language, [
    index('routes/home.tsx', { id: `${language}/home` }),
    page(at.check, 'check'),
    page(at.coverage, 'coverage'),
    route(at.province, 'routes/folder.tsx', { id: `${language}/provinces` }),
    route(at.figure, 'routes/folder.tsx', { id: `${language}/all-figures` }),
    page(`${at.province}/:code`, 'province'),
    page(at.programmes, 'programmes'),
    page(at.contributions, 'contributions'),
    page(`${at.figure}/:id`, 'figure'),
    page(at.data, 'data'),
    page(at.method, 'method'),
    page(at.about, 'about'),
    page(`${at.letter}/:code`, 'letter'),
    page(at.certificate, 'certificate'),
  ])
}

export default [
  index('routes/entrance.tsx'),
  route('l/:code', 'routes/printed-letter.tsx'),
  route('c/:number', 'routes/printed-certificate.tsx'),
  ...languages.flatMap(pages),
  route('*', 'routes/missing.tsx'),
] satisfies RouteConfig
