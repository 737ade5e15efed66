// What one month of cover costs, for which month it holds, and the next change that is known.
import type { Overview } from '@payung/api'
import { useTongue } from '../tongue.ts'
import { FigureLink, type Published } from './figure-link.tsx'

export function Price({ price, published }: { price: NonNullable<Overview['price']>; published: Published }) {
  const { words, format } = useTongue()
  return (
    <section className="page">
      <div className="card accent stack">
        <h2 className="quieter">{words.home.price(format.money(price.amount))}</h2>
        <p>
          {words.home.priceWhat}{' '}
          <span className="quiet">
            {words.home.priceFrom(format.month(price.from))}
            {price.next ? ` ${words.home.priceNext(format.month(price.next.from), format.money(price.next.amount))}` : ''}
          </span>
        </p>
        <FigureLink published={published} id="price" />
      </div>
    </section>
  )
}
