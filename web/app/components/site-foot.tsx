// The foot of every page: whose data these are, of which day, and how to look behind them.
import { useRouteLoaderData } from 'react-router'
import type { loader } from '../root.tsx'
import { useTongue } from '../tongue.ts'

export function SiteFoot() {
  const { words, format, address } = useTongue()
  const scheme = useRouteLoaderData<typeof loader>('root')?.scheme
  const lines = scheme ? [...(scheme.demonstration ? [words.syntheticFoot] : []), words.stateOf(format.day(scheme.today))] : []
  return (
    <footer className="foot">
      <div className="page">
        {lines.length > 0 ? <p>{lines.join(' · ')}</p> : null}
        <a href={address('certificate')}>{words.foot.certificate}</a>
        <a href={address('method')}>{words.foot.method}</a>
        <a href={address('data')}>{words.foot.data}</a>
        <a href={address('about')}>{words.foot.about}</a>
      </div>
    </footer>
  )
}
