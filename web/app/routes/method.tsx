// How every figure is counted, what it is divided by, and what it does not say.
import { PageHead } from '../components/page-head.tsx'
import { publicPage } from '../headers.ts'
import { useTongue } from '../tongue.ts'

export const headers = publicPage

export default function Method() {
  const { method } = useTongue().words
  return (
    <div className="page narrow stack-large">
      <PageHead title={method.title} description={method.description} />
      <h1>{method.headline}</h1>
      {method.sections.map(({ id, title, text }) => (
        <section key={id} id={id} className="stack">
          <h2 className="quieter">{title}</h2>
          {text.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </section>
      ))}
    </div>
  )
}
