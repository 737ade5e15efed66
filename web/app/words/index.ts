// The words of the pages, the same keys in every language.
import type { Language } from './addresses.ts'
import { en } from './en.ts'
import { id, type Words } from './id.ts'

export type { Words }

const all: Record<Language, Words> = { id, en }

export const wordsIn = (language: Language): Words => all[language]
