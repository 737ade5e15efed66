// The rows that were wrong, as a file to be worked through: where each stands, what stands there, why it is wrong and what to do.
import type { Fault } from '../store/staging.ts'

const quoted = (text: string): string => (/[",;\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

export const badRowsFile = (faults: readonly Fault[], count: number): string =>
  [
    'file,row,column,value,reason,remedy',
    ...faults.map(({ file, line, column, value, reason, next }) => [file, String(line), column, value, reason, next].map(quoted).join(',')),
    ...(count > faults.length ? [`,,,,and ${count - faults.length} more,Correct these first.`] : []),
    '',
  ].join('\n')
