// The small schemas that every noun of the contract uses.
import { Type } from 'typebox'

export const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'A calendar day, YYYY-MM-DD' })
export const Month = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$', description: 'A contribution month, YYYY-MM' })
export const Amount = Type.String({ pattern: '^-?\\d{1,18}$', description: 'A whole number of minor units' })
export const Money = Type.Object({ amount: Amount, currency: Type.String() }, { description: 'Money in minor units of its currency' })
export const Words = Type.Record(Type.String(), Type.String(), { description: 'A text in each language, by language code' })
export const Facts = Type.Record(Type.String(), Type.String(), {
  description: 'Facts by the code that the country pack declares; checked against the pack',
})
/** Why a count is not told: it is `small` (1 to 4 people), or it is `protecting`: with a published sum it would give a small one away. */
export const Hidden = Type.Union([Type.Literal('small'), Type.Literal('protecting')])
/** A count that may be hidden in public figures: then its value is null and `hidden` says why. Null without a reason: not counted yet. */
export const Count = Type.Object({
  value: Type.Union([Type.Integer(), Type.Null()]),
  hidden: Type.Union([Hidden, Type.Null()]),
})
export const Trace = Type.Array(
  Type.Object({
    text: Type.String(),
    programme: Type.Optional(Type.String()),
    amount: Type.Optional(Type.String()),
    act: Type.Optional(Type.String()),
    article: Type.Optional(Type.String()),
    link: Type.Optional(Type.String()),
    status: Type.Optional(Type.String()),
    entry: Type.Optional(Type.String()),
    warning: Type.Optional(Type.Boolean()),
    /** The fact that was not given and was assumed, where another value would have given another outcome. */
    assumed: Type.Optional(Type.String()),
    /** Who pays, of which base, at which rate in millionths, where the step is a line of the law. */
    share: Type.Optional(Type.String()),
    base: Type.Optional(Type.String()),
    rate: Type.Optional(Type.String()),
  }),
)
export const Refusal = Type.Object(
  {
    code: Type.String(),
    rule: Type.String(),
    data: Type.Record(Type.String(), Type.String()),
    next: Type.String(),
    appeal: Type.Optional(Type.String()),
  },
  { description: 'Why something was not done, and what to do next' },
)
export const Page = {
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
}
export const Next = Type.Union([Type.String(), Type.Null()], { description: 'Cursor of the next page; null on the last' })
export const staff = { roles: ['officer', 'administrator'] } as const
export const administrator = { roles: ['administrator'] } as const
export const anyone = { roles: ['officer', 'administrator', 'auditor', 'member', 'organisation', 'partner'] } as const
