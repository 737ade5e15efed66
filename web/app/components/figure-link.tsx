// The address of a figure: its definition, table, CSV and citation. Only a figure that is published is linked.
import { useTongue } from '../tongue.ts'

export type Published = readonly { id: string; title: Record<string, string>; asOf: string }[]

export function FigureLink({ published, id }: { published: Published; id: string }) {
  const { words, address, of } = useTongue()
  const figure = published.find((each) => each.id === id)
  return figure ? (
    <a className="more small" href={address('figure', id)}>
      {words.figureLink(of(figure.title))}
    </a>
  ) : null
}
