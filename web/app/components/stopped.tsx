// A page that cannot be shown: it does not exist, too much was asked, or the system is in trouble. Says what happened and what to do.
import { useTongue } from '../tongue.ts'

export function Stopped({ kind }: { kind: 'missing' | 'busy' | 'trouble' }) {
  const { words, address } = useTongue()
  const said = words[kind]
  return (
    <div className="page narrow stack">
      <title>{`${said.title} · ${words.name}`}</title>
      <meta name="robots" content="noindex" />
      <h1>{said.title}</h1>
      <p className="lead">{said.lead}</p>
      <p>{said.next}</p>
      <div className="acts">
        {kind === 'busy' ? null : (
          <a className="button" href={address('home')}>
            {kind === 'missing' ? words.missing.home : words.trouble.home}
          </a>
        )}
        {kind === 'missing'
          ? (['coverage', 'contributions', 'data'] as const).map((page) => (
              <a key={page} className="more" href={address(page)}>
                {words.menu[page]}
              </a>
            ))
          : null}
      </div>
    </div>
  )
}
