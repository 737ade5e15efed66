// A table that may be wider than a phone: it scrolls in its own box, which the keyboard can reach and a screen reader names.
import { useTongue } from '../tongue.ts'

export function TableBox({ label, children }: { label: string; children: React.ReactNode }) {
  const { words } = useTongue()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must take focus, or the keyboard cannot scroll it.
    <section className="table-box" tabIndex={0} aria-label={`${label}. ${words.table.scroll}`}>
      {children}
    </section>
  )
}
