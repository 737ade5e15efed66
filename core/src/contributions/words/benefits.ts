// What noted claims mean for a correction, in each language: said to whoever is about to approve it.

/** `noted`: how many claims of the persons named fall in or after the month. */
export const benefitWords = (noted: number): { readonly en: string; readonly id: string } =>
  noted === 0
    ? {
        en: 'No claim of these members is noted in this month or after it.',
        id: 'Tidak ada klaim peserta ini yang tercatat dalam atau setelah bulan ini.',
      }
    : {
        en: 'A benefit was paid from this wage or this cover: it is to be looked at again. What it would come to is not computed here.',
        id: 'Manfaat telah dibayarkan berdasarkan upah atau perlindungan ini: manfaat itu perlu ditinjau kembali. Besarnya tidak dihitung di sini.',
      }
