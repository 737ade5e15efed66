// Listens to `persons-unmerged`, and refuses it where the savings of the two persons cannot be told apart. Merges and entries come one
// after the other (`holdMerges`), so what is read here is what holds when the numbers are given back.
import type { Law } from '@payung/law'
import { refuseCommand, type Subscriber } from '../../platform/index.ts'
import { type PersonsUnmerged, personsOfOne } from '../../registry/index.ts'
import { mayPart } from '../domain/parting.ts'
import { savingsProgrammes } from '../domain/programme.ts'
import { sumBeside } from '../store/entries.ts'
import { readAccount } from './read-account.ts'

export const keepApart =
  (law: Law): Subscriber =>
  async (tx, { detail }) => {
    const { personId, mergedId } = detail as PersonsUnmerged
    // A number that nobody bore has no account.
    if (mergedId === null) return
    const today = tx.today(law.pack.timeZone)
    const [stay, leave] = [await personsOfOne(tx, personId), await personsOfOne(tx, mergedId)]
    for (const { code } of savingsProgrammes(law.pack)) {
      const [staying, leaving] = [await readAccount(tx, code, stay, today), await readAccount(tx, code, leave, today)]
      const may = mayPart({ together: await sumBeside(tx, code, stay, leave), staying: staying.balance, leaving: leaving.balance })
      if (!may.ok) refuseCommand(may)
    }
  }
