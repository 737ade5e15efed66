// A mistake in a country pack: it names the file, the line and the parameter, and says what is missing.

export class PackError extends Error {
  readonly file: string
  readonly line: number | undefined
  readonly parameter: string | undefined

  constructor(message: string, place: { file: string; line?: number | undefined; parameter?: string | undefined }) {
    const at = place.line === undefined ? place.file : `${place.file}:${place.line}`
    super(`${at}: ${place.parameter ? `${place.parameter}: ` : ''}${message}`)
    this.name = 'PackError'
    this.file = place.file
    this.line = place.line
    this.parameter = place.parameter
  }
}
