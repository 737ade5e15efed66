// The addresses of the pages in each language. They are cited and shared, so they are never changed, only added to.
export const languages = ['id', 'en'] as const
export type Language = (typeof languages)[number]

export type PageName =
  | 'check'
  | 'coverage'
  | 'province'
  | 'programmes'
  | 'contributions'
  | 'figure'
  | 'data'
  | 'method'
  | 'about'
  | 'letter'
  | 'certificate'

export const addresses: Record<Language, Record<PageName, string>> = {
  id: {
    check: 'cek',
    coverage: 'cakupan',
    province: 'provinsi',
    programmes: 'program',
    contributions: 'iuran',
    figure: 'angka',
    data: 'data',
    method: 'cara-menghitung',
    about: 'tentang',
    letter: 'surat',
    certificate: 'sertifikat',
  },
  en: {
    check: 'check',
    coverage: 'coverage',
    province: 'province',
    programmes: 'programmes',
    contributions: 'contributions',
    figure: 'figures',
    data: 'data',
    method: 'method',
    about: 'about',
    letter: 'letter',
    certificate: 'certificate',
  },
}

/** The names of what a page asks in its address. */
export const asked: Record<Language, { number: string; on: string }> = {
  id: { number: 'nomor', on: 'pada' },
  en: { number: 'number', on: 'on' },
}
