// Who may be one person under two numbers: names that sound alike with the same day of birth, and identity numbers one slip apart.
// It only proposes; a person compares the papers.

/** From which likeness on two names are shown side by side. A matter of how many proposals a desk can look through; no law names it. */
export const alike = 0.7

const plain = (name: string): string[] =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z\s]/g, '')
    .split(/\s+/)
    .filter((word) => word.length > 1)
    .sort()

function pairs(name: string): Map<string, number> {
  const text = ` ${plain(name).join(' ')} `
  const found = new Map<string, number>()
  for (let at = 0; at < text.length - 1; at++) {
    const pair = text.slice(at, at + 2)
    found.set(pair, (found.get(pair) ?? 0) + 1)
  }
  return found
}

/** How alike two names are, from 0 to 1: the share of their pairs of letters that both have, in whatever order the words stand. */
export function likeness(one: string, other: string): number {
  const [a, b] = [pairs(one), pairs(other)]
  const count = (all: Map<string, number>): number => [...all.values()].reduce((sum, each) => sum + each, 0)
  const both = [...a].reduce((sum, [pair, times]) => sum + Math.min(times, b.get(pair) ?? 0), 0)
  return (2 * both) / Math.max(1, count(a) + count(b))
}

/** The numbers that one slip of the hand makes of a number: one other digit, or two neighbours swapped. */
export function nearNumbers(number: string): string[] {
  const near = new Set<string>()
  for (let at = 0; at < number.length; at++) {
    if (!/\d/.test(number[at] ?? '')) continue
    for (const digit of '0123456789') near.add(number.slice(0, at) + digit + number.slice(at + 1))
    near.add(number.slice(0, at) + (number[at + 1] ?? '') + (number[at] ?? '') + number.slice(at + 2))
  }
  near.delete(number)
  return [...near]
}
