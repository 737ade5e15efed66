// What goes otherwise more rarely: a contribution of the wrong worker, money of the wrong firm or of nobody, a fine that is waived, a merge
// that is undone. Planned after all others, so that those stay who they were.
import { type Choice, someMonth, times } from './choice.ts'
import { payDayOf, payDays } from './pay-days.ts'

function planWrongMembers(choice: Choice): void {
  const { planning, countOf, nextFirm, taken } = choice
  times(countOf('member'), () => {
    const [wrong, right] = nextFirm()?.workers ?? []
    if (!wrong || !right) return
    for (const { membership } of [wrong, right]) taken.add(membership.person)
    planning.draft.exceptions.push({ kind: 'member', month: someMonth(choice), memberships: [wrong.place, right.place] })
  })
}

/** Who pays on the first of the pay days would have paid before the desk finds whose money it is. */
const paysLater = (organisation: number): boolean => payDayOf(organisation) > payDays[0]

function planMoney(choice: Choice): void {
  const { planning, countOf, nextFirm } = choice
  const { draft, last } = planning
  for (const kind of ['wrong-payer', 'parts'] as const)
    times(countOf(kind), () => {
      const [one, other] = [nextFirm(kind === 'parts' ? paysLater : undefined), nextFirm(paysLater)]
      if (one && other) draft.exceptions.push({ kind, month: someMonth(choice), organisations: [one.organisation, other.organisation] })
    })
  for (let nth = 0; nth < countOf('returned'); nth++) draft.exceptions.push({ kind: 'returned', month: someMonth(choice), nth })
  for (let nth = 0; nth < countOf('waiting'); nth++) draft.exceptions.push({ kind: 'waiting', month: last, nth })
}

/** Firms that pay nothing any more, some months later: by then a late fine stands on their bills. */
function planWaivers({ planning, chance, countOf }: Choice): void {
  const { draft, last } = planning
  const late = draft.organisations.flatMap(({ habit: { unpaidFrom } }, organisation) =>
    unpaidFrom !== null && unpaidFrom + 4 <= last ? [{ organisation, from: unpaidFrom + 4 }] : [],
  )
  for (const { organisation, from } of chance.shuffled(late).slice(0, countOf('waiver')))
    draft.exceptions.push({ kind: 'waiver', month: chance.whole(from, last), organisation })
}

/** Some of those whose two numbers were merged. */
function planUndoneMerges({ planning, countOf }: Choice): void {
  const { exceptions } = planning.draft
  const merged = exceptions.flatMap((each) => (each.kind === 'duplicate' ? [each] : []))
  for (const each of merged.slice(0, countOf('undone-merge'))) exceptions.push({ ...each, kind: 'undone-merge' })
}

export function planRarer(choice: Choice): void {
  planWrongMembers(choice)
  planMoney(choice)
  planWaivers(choice)
  planUndoneMerges(choice)
}
