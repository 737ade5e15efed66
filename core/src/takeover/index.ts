// The front door of the takeover of another system's records.
import type { Law } from '@payung/law'
import type { Room } from '../platform/index.ts'
import { commandsFor } from './commands.ts'

export { type Folder, openFolder } from './folder.ts'
export { type BadRows, continueImport, type Imported, type ImportOptions, importFolder } from './use-cases/import-folder.ts'

export const roomWith = (law: Law): Room => ({ name: 'takeover', commands: commandsFor(law) })
