import { it } from 'vitest'
import { loadPack, lawOf } from '@payung/law'
import { readRegionFiles } from '../../src/registry/index.ts'
import { freshDatabase } from '../../../tests/database.ts'
import { freshScheme } from '../../../tests/scheme.ts'
it('t', async () => {
  for (let i = 0; i < 3; i++) {
    let t = performance.now(); const lap = (w: string) => { console.log(w, (performance.now() - t).toFixed(0)); t = performance.now() }
    const p = await loadPack('indonesia'); lap('pack')
    lawOf(p)
    await readRegionFiles(p); lap('regions')
    const d = await freshDatabase(); lap('freshdb')
    await d.owner.query('select 1');await d.admin.query('select 1'); lap('connect')
    await d.close(); lap('close')
    const s = await freshScheme('indonesia', '2025-12-01'); lap('scheme')
    await s.close(); lap('close')
  }
}, 60000)
