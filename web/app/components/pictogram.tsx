// Our own pictograms: 24 px grid, 3.2 px round strokes. The scheme says which one a programme or segment carries; each stands beside its word.
const drawings: Record<string, string> = {
  // A cross of care.
  accident: 'M12 4v16M4 12h16',
  // A heart.
  death: 'M12 20S4 15 4 9.5A4.4 4.4 0 0 1 12 7a4.4 4.4 0 0 1 8 2.5C20 15 12 20 12 20Z',
  // A jar that fills.
  savings: 'M7 4h10M6 9.5C6 8 7.5 8 7.5 7h9c0 1 1.5 1 1.5 2.5V18a2.5 2.5 0 0 1-2.5 2.5h-7A2.5 2.5 0 0 1 6 18ZM6 14h12',
  // A sun above the horizon: the evening of a working life, every month.
  pension: 'M3 19h18M6.5 19a5.5 5.5 0 0 1 11 0M12 5v3M4.5 9l1.800 1.800M19.5 9l-1.800 1.800',
  // A door that opens again.
  'job-loss': 'M4 12h11M11 7.5 15.5 12 11 16.5M14 4h6v16h-6',
  // A briefcase.
  wage: 'M4 8.5h16V19H4ZM9 8.5V5h6v3.5M4 13h16',
  // Two hands' own stall.
  self: 'M4 9.5 6 4.5h12l2 5M4 9.5h16M6 9.5V20h12V9.5',
  // A crane hook over a block.
  construction: 'M4 20h16M7 20V4h12v4M13 12h7v4h-7Z',
  // A path across the sea.
  migrant: 'M3 19c3-2 6-2 9 0s6 2 9 0M12 4v10M12 5l6 8H6Z',
  // The umbrella, for whatever has no drawing of its own.
  umbrella: 'M3 13a9 9 0 0 1 18 0ZM12 13v5.5a2 2 0 0 1-4 0',
}
/** Other names for the same drawings. */
const aliases: Record<string, string> = {
  'work-accident': 'accident',
  injury: 'accident',
  cross: 'accident',
  heart: 'death',
  family: 'death',
  'old-age': 'savings',
  jar: 'savings',
  sun: 'pension',
  unemployment: 'job-loss',
  door: 'job-loss',
  employee: 'wage',
  briefcase: 'wage',
  'self-employed': 'self',
  stall: 'self',
  crane: 'construction',
  boat: 'migrant',
}

export function Pictogram({ name, size = 28 }: { name: string; size?: number }) {
  const drawing = drawings[name] ?? drawings[aliases[name] ?? ''] ?? drawings.umbrella
  return (
    <svg className="pictogram" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <path d={drawing} />
    </svg>
  )
}
