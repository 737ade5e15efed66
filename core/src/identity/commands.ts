// `payung actor`: who may act.

import { ok, type Result } from '@payung/values'
import {
  type Answer,
  answer,
  type Command,
  type CommandContext,
  inTransaction,
  misuse,
  readAs,
  systemActor,
  table,
} from '../platform/index.ts'
import { isKind, roles } from './domain/roles.ts'
import { type AskRegistered, addActor, type NewActor } from './use-cases/add-actor.ts'

const caller = { role: 'run', actor: systemActor } as const

function idOf(context: CommandContext, option: string): Result<bigint | undefined> {
  const text = context.text(option)
  if (text === undefined) return ok(undefined)
  return /^\d{1,18}$/.test(text)
    ? ok(BigInt(text))
    : misuse(`--${option} is a number.`, { given: text }, `Write --${option} with digits only.`)
}

function readActor(context: CommandContext): Result<NewActor> {
  const kind = context.required('kind')
  if (!isKind(kind)) return misuse('That is no kind of actor.', { kind }, `Choose one of: ${Object.keys(roles).join(', ')}.`)
  const [person, organisation, office] = [idOf(context, 'person'), idOf(context, 'organisation'), idOf(context, 'office')]
  if (!person.ok) return person
  if (!organisation.ok) return organisation
  if (!office.ok) return office
  return ok({
    kind,
    name: context.required('name'),
    role: context.text('role') ?? roles[kind][0] ?? '',
    ...(person.value === undefined ? {} : { personId: person.value }),
    ...(organisation.value === undefined ? {} : { organisationId: organisation.value }),
    ...(office.value === undefined ? {} : { officeId: office.value }),
  })
}

async function add(context: CommandContext, askRegistered: AskRegistered): Promise<Result<Answer>> {
  const asked = readActor(context)
  if (!asked.ok) return asked
  const added = await inTransaction(await context.platform(), caller, { name: 'add-actor', input: asked.value }, (tx, input) =>
    addActor(tx, input, askRegistered),
  )
  if (!added.ok) return added
  const { actor, token } = added.value
  return answer({ actorId: actor.actorId, kind: actor.kind, role: actor.role, name: actor.name, token }, [
    `Actor ${actor.actorId}: ${actor.name} (${actor.kind}, ${actor.role})`,
    `Token, shown only this once: ${token}`,
  ])
}

type Row = { actor_id: bigint; kind: string; role: string; name: string; active: boolean }

async function list(context: CommandContext): Promise<Result<Answer>> {
  const rows = await readAs(await context.platform(), caller, (tx) =>
    tx.query<Row>('select actor_id, kind, role, name, active from identity.actor order by actor_id limit 1000'),
  )
  const shown = rows.map(({ actor_id, kind, role, name, active }) => ({ actorId: actor_id, kind, role, name, active }))
  return answer(
    shown,
    table(
      ['actor', 'kind', 'role', 'name', 'active'],
      shown.map((row) => [row.actorId, row.kind, row.role, row.name, row.active ? 'yes' : 'no']),
    ),
  )
}

export const commandsWith = (askRegistered: AskRegistered): readonly Command[] => [
  {
    name: 'actor add',
    summary: 'add somebody who may act, and show their token once',
    options: {
      kind: { type: 'string', summary: Object.keys(roles).join(', '), value: 'kind', required: true },
      name: { type: 'string', summary: 'how they are shown', value: 'name', required: true },
      role: { type: 'string', summary: 'what they may do; absent: the first role of the kind', value: 'role' },
      office: {
        type: 'string',
        summary: 'the office of a member of staff, who sees the districts it serves (payung offices)',
        value: 'number',
      },
      person: { type: 'string', summary: 'the person a member acts for: personId of payung member --json', value: 'number' },
      organisation: { type: 'string', summary: 'the organisation acted for', value: 'number' },
    },
    run: (context) => add(context, askRegistered),
  },
  { name: 'actor list', summary: 'who may act', options: {}, run: list },
]
