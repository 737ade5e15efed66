// A letter as a page: to whom, what happened, the figures before and after, what happens next, and the same on paper.
import type { LetterText } from '@payung/api'
import { useTongue } from '../tongue.ts'
import { DataTable } from './data-table.tsx'

export function Letter({ letter, pdf }: { letter: LetterText; pdf: string }) {
  const { words } = useTongue()
  const { to, written, number } = letter
  const heads = [
    { label: to.label, value: to.name },
    { label: to.numberLabel, value: to.number },
    { label: written.label, value: written.text },
    { label: number.label, value: number.text },
  ]
  return (
    <article className="letter card stack" lang={letter.language}>
      <h1>{letter.title}</h1>
      <Pairs pairs={heads} />
      {letter.what.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {letter.figures.length > 0 ? <Pairs pairs={letter.figures} strong /> : null}
      {letter.table ? <Before table={letter.table} /> : null}
      {letter.instalments ? <Instalments instalments={letter.instalments} /> : null}
      <section className="stack">
        <h2>{words.letter.next}</h2>
        {letter.next.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </section>
      <p className="quiet">{letter.question}</p>
      <a className="button no-print" href={pdf}>
        {words.letter.pdf}
      </a>
    </article>
  )
}

function Pairs({ pairs, strong = false }: { pairs: readonly { label: string; value: string }[]; strong?: boolean }) {
  return (
    <dl className={strong ? 'pairs strong' : 'pairs'}>
      {pairs.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Before({ table }: { table: NonNullable<LetterText['table']> }) {
  const columns = [
    { key: 'what', head: table.what },
    { key: 'before', head: table.before, amount: true },
    { key: 'after', head: table.after, amount: true },
  ]
  const rows = table.rows.map(({ label, before, after }) => ({ key: label, cells: [label, before, after] }))
  return <DataTable caption={table.caption} columns={columns} rows={rows} />
}

function Instalments({ instalments }: { instalments: NonNullable<LetterText['instalments']> }) {
  const columns = [
    { key: 'due', head: instalments.due },
    { key: 'amount', head: instalments.amount, amount: true },
    { key: 'state', head: instalments.state, amount: true },
  ]
  const rows = instalments.rows.map(({ due, amount, state }, place) => ({ key: `${place}`, cells: [due, amount, state] }))
  return <DataTable caption={instalments.caption} columns={columns} rows={rows} />
}
