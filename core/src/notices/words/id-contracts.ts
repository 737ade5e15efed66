// The words of letters about premium contracts, in Indonesian.
import type { ContractLetterKey } from '../domain/kinds.ts'
import type { KindWords } from './words.ts'

export const contractLetters: Readonly<Record<ContractLetterKey, KindWords>> = {
  'payer contract-supplement': {
    title: 'Iuran untuk {contract} bertambah',
    what: ['Adendum mengubah ketentuan {contract}. Masa kontrak {firstDay} sampai {lastDay}. Iurannya bertambah {amount}.'],
    next: [
      'Bayar paling lambat {due}, dengan kode bayar Anda yang biasa.',
      '{?unpaid}{!due}Bayar dengan kode bayar Anda yang biasa.',
      'Tambahan ini sudah lunas pada {paidOn}. Anda tidak perlu membayar lagi.',
      'Jika Anda tidak tahu adendum ini, segera beri tahu kantor kami.',
    ],
  },
  'payer contract-refund': {
    title: 'Iuran untuk {contract} berkurang',
    what: ['Adendum mengubah ketentuan {contract}. Masa kontrak {firstDay} sampai {lastDay}. {amount} kembali menjadi uang Anda.'],
    next: [
      'Uang ini otomatis melunasi yang masih terbuka. Anda tidak perlu melakukan apa-apa.',
      'Jika tidak ada lagi yang harus dibayar, Anda bisa meminta uang ini dikembalikan di kantor kami.',
    ],
  },
  'payer certificate-ready': {
    title: 'Sertifikat untuk {contract} sudah siap',
    what: [
      'Pembayaran pertama untuk {contract} sudah diterima. Sertifikat menunjukkan perlindungan {firstDay} sampai {lastDay} bagi pekerja yang terdaftar di dalamnya.',
    ],
    next: [
      'Sertifikat bisa dicetak di kantor kami. Siapa pun bisa mengeceknya dengan nomornya di situs kami.',
      'Laporkan setiap orang yang mulai atau berhenti bekerja: perlindungan berlaku bagi yang terdaftar.',
    ],
  },
  'payer contract-changed': {
    title: 'Ketentuan {contract} berubah',
    what: ['Adendum mengubah ketentuan {contract}. Masa kontrak {firstDay} sampai {lastDay}. Iurannya tetap.'],
    next: [
      'Tidak ada tambahan yang harus dibayar karena perubahan ini. Sisa yang sudah ditagih sebelumnya tetap dibayar seperti semula.',
      'Perlindungan ikut berpindah dengan tanggalnya. Jika sertifikat sudah dipasang, cetak lagi: tanggal yang baru ada di sana.',
      'Jika Anda tidak tahu adendum ini, segera beri tahu kantor kami.',
    ],
  },
  'payer certificate-revoked': {
    title: 'Sertifikat untuk {contract} tidak berlaku',
    what: [
      'Uang pembayaran pertama Anda untuk {contract} ditarik kembali pada {revokedOn}, sehingga pembayaran itu terbuka lagi.',
      'Selama belum dibayar lagi, sertifikat nomor {certificate} tidak berlaku dan kontrak ini tidak melindungi siapa pun.',
    ],
    next: [
      'Yang harus dibayar {amount}, dengan kode bayar Anda yang biasa; uang Anda yang masih kami simpan ikut dihitung. Sertifikat berlaku lagi sejak hari lunasnya.',
      'Sampai saat itu jangan tunjukkan sertifikatnya: siapa pun yang mengecek nomornya melihat bahwa sertifikat tidak berlaku.',
      'Jika Anda tidak tahu mengapa uangnya ditarik kembali, segera beri tahu kantor kami dan bawa surat ini.',
    ],
  },
}
