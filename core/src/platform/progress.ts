// Progress of long work as a person can see it: a bar on a terminal, a line now and then elsewhere, nothing with --json.

export type Progress = {
  /** How far the named work is; without a total only the count is shown. */
  step(label: string, done: number, total?: number): void
  /** One line that stays. */
  note(line: string): void
  /** The bar is complete; what is shown next begins a new line. */
  end(): void
}

export const silent: Progress = { step: () => {}, note: () => {}, end: () => {} }

type Target = { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number }

const width = 24
const count = new Intl.NumberFormat('en')

const shown = (label: string, done: number, total: number | undefined): string =>
  total === undefined ? `${label}: ${count.format(done)}` : `${label}: ${count.format(done)} of ${count.format(total)}`

const bar = (done: number, total: number): string => {
  const full = total === 0 ? width : Math.min(width, Math.floor((done / total) * width))
  return `[${'#'.repeat(full)}${'-'.repeat(width - full)}]`
}

/** Progress on a stream. A terminal's bar is drawn at most ten times a second, other streams get a line every five seconds. */
export function progressOn(target: Target, now: () => number = Date.now): Progress {
  const terminal = target.isTTY === true
  let last = 0
  let open = false
  const end = (): void => {
    if (open) target.write('\n')
    open = false
    last = 0
  }
  return {
    step: (label, done, total) => {
      const finished = total !== undefined && done >= total
      if (!finished && now() - last < (terminal ? 100 : 5000)) return
      last = now()
      const text = shown(label, done, total)
      if (!terminal) return void target.write(`${text}\n`)
      target.write(`\r\u001b[K${total === undefined ? text : `${bar(done, total)} ${text}`}`.slice(0, (target.columns ?? 120) + 4))
      open = true
      if (finished) end()
    },
    note: (line) => {
      end()
      target.write(`${line}\n`)
    },
    end,
  }
}
