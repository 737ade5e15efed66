// The world outside, for demonstrations and tests.
export { commandsFor } from './nation/command.ts'
export { type CreatedNation, createNation, type NationOptions } from './nation/create-nation.ts'
export { nationDigest } from './nation/digest.ts'
export { firstStart } from './nation/first-start.ts'
export { foundNation, usualNation } from './nation/found-nation.ts'
