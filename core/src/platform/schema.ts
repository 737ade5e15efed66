// Placeholder until the first generation.
export type DB = Record<string, never>
