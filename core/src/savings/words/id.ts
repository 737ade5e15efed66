// The words of a statement in Indonesian.
import type { StatementWords } from './words.ts'

export const id: StatementWords = {
  locale: 'id-ID',
  title: 'Tabungan Anda tahun {year}',
  member: 'Nama',
  number: 'Nomor peserta',
  year: 'Tahun',
  opening: 'Saldo awal tahun',
  contributed: 'Iuran yang dibayar',
  entered: 'Saldo bawaan, pembayaran, dan koreksi',
  returned: 'Hasil pengembangan',
  closing: 'Saldo akhir tahun',
  monthsTitle: 'Yang dibukukan',
  bookedIn: 'Berkembang sejak',
  paidFor: 'Untuk',
  amount: 'Jumlah',
  kinds: {
    contribution: 'Iuran',
    opening: 'Saldo dari sebelumnya',
    withdrawal: 'Dibayarkan',
    correction: 'Koreksi',
    difference: 'Tingkat hasil ditetapkan kemudian',
  },
  ratesTitle: 'Tingkat hasil pengembangan',
  rateOf: '{from} sampai {to}: {rate} setahun, seperdua belas setiap bulan ({kind})',
  source: 'Sumber: {act}, pasal {article} ({status}).',
  statuses: {
    declared: 'ditetapkan',
    provisional: 'sementara',
    verified: 'diperiksa dua kali',
    'one-source': 'satu sumber',
    unverified: 'belum dipastikan',
  },
  provisional:
    'Dipakai tingkat hasil sementara. Setelah tingkat hasil ditetapkan, selisihnya ditambahkan ke rekening Anda dalam satu pembukuan.',
  exact: 'Saldo persisnya {exact}. Saldo ini diteruskan tanpa pembulatan; yang dipotong hanya yang ditampilkan dan dibayarkan.',
  closedOn: 'Ditulis pada {day}.',
  question: 'Ada yang kurang atau salah? Tanyakan di kantor mana pun dan bawa surat ini.',
  page: 'Halaman {page}',
}
