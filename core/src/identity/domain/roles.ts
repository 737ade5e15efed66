// The roles that actors of each kind may have. What a role may call stands in the contract's route table.
import type { ActorKind } from '../../platform/index.ts'

export const roles: Readonly<Record<ActorKind, readonly string[]>> = {
  staff: ['officer', 'administrator', 'auditor'],
  member: ['member'],
  organisation: ['organisation'],
  partner: ['partner'],
  system: ['system'],
}

export const isRole = (kind: ActorKind, role: string): boolean => roles[kind].includes(role)

export const isKind = (text: string): text is ActorKind => text in roles
