// The sign of a state of cover: a colour, a shape and always the word beside it.
import { useTongue } from '../tongue.ts'

export type Tone = 'covered' | 'outstanding' | 'employer' | 'uncovered'

const tones: Record<string, Tone> = {
  covered: 'covered',
  outstanding: 'outstanding',
  'covered, contribution outstanding': 'outstanding',
  'employer pays first': 'employer',
  'not covered': 'uncovered',
}
const shapes: Record<Tone, string> = {
  covered: 'm4 13 5 5L20 6',
  outstanding: 'M12 4v9M12 19v.1',
  employer: 'M4 12h15M13 6l6 6-6 6',
  uncovered: 'M5 12h14',
}

export const toneOf = (state: string): Tone => tones[state] ?? 'uncovered'

export function StateSign({ tone, size = 18 }: { tone: Tone; size?: number }) {
  return (
    <svg className="pictogram" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <path d={shapes[tone]} />
    </svg>
  )
}

export function State({ state }: { state: string }) {
  const { words } = useTongue()
  const tone = toneOf(state)
  return (
    <span className={`state state-${tone}`}>
      <StateSign tone={tone} />
      {words.cover.states[state] ?? state}
    </span>
  )
}
