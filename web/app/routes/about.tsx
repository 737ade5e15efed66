// What Payung is for someone who has never heard of it, and how to run it.
import { PageHead } from '../components/page-head.tsx'
import { schemeOf } from '../context.ts'
import { publicPage } from '../headers.ts'
import { useTongue } from '../tongue.ts'
import type { Route } from './+types/about'

export const headers = publicPage

export async function loader({ context }: Route.LoaderArgs) {
  return { demonstration: (await schemeOf(context)).demonstration }
}

export default function About({ loaderData: { demonstration } }: Route.ComponentProps) {
  const { about } = useTongue().words
  return (
    <div className="page narrow stack-large">
      <PageHead title={about.title} description={about.description} />
      <section className="stack">
        <h1>{about.headline}</h1>
        <p className="lead">{about.lead}</p>
        <p>{demonstration ? about.not : about.notReal}</p>
      </section>
      {about.sections.map(({ title, text }) => (
        <section key={title} className="stack">
          <h2 className="quieter">{title}</h2>
          <p>{text}</p>
        </section>
      ))}
      <section className="stack">
        <h2 className="quieter">{about.run}</h2>
        <p>{about.runLead}</p>
        <pre className="command">{about.runCommand}</pre>
        <p className="small quiet">{about.font}</p>
      </section>
    </div>
  )
}
