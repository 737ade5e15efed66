// The words of public figures in Indonesian.
import type { CoverageWords } from './words.ts'

export const id: CoverageWords = {
  synthetic: 'Data contoh: orang dan perusahaan rekaan. ',
  syntheticSource: 'Payung, bangsa contoh: satu orang mewakili {scale}. {source}',
  source: 'Payung, hitungan sendiri dari daftar peserta dan buku besar. {source}',
  citation: '{title}, {asOf}. Payung{synthetic}, /v1/public/figures/{id}.',
  citationSynthetic: ' (data contoh)',
  sponsored: 'Dibayari donatur atau anggaran',
  memberNumber: 'Nomor peserta',
  suppressed: 'Jumlah di bawah 5 tidak ditampilkan, begitu pula jumlah lain yang dapat membukanya.',
  figures: {
    'active-members': {
      title: 'Orang yang terlindungi',
      definition: 'Orang yang pada hari ini terlindungi paling sedikit dalam satu program, termasuk selama masih ada iuran yang belum dibayar. Setiap orang dihitung satu kali.',
      doesNotSay: 'Angka ini tidak menunjukkan jumlah kepesertaan, dan tidak menjamin santunan penuh: batasan dapat berlaku.',
    },
    'members-by-segment': {
      title: 'Orang yang terlindungi menurut segmen',
      definition: 'Orang yang terlindungi menurut segmen kepesertaannya. Yang punya beberapa dihitung satu kali, pada yang paling awal di antara yang aktif.',
      doesNotSay: 'Angka ini tidak menunjukkan di berapa segmen seseorang terdaftar.',
    },
    'members-by-programme': {
      title: 'Orang yang terlindungi menurut program',
      definition: 'Orang yang pada hari ini terlindungi dalam tiap program. Setiap orang dihitung satu kali dalam tiap program.',
      doesNotSay: 'Jumlah semua baris bukan jumlah orang yang terlindungi, karena kebanyakan orang ikut beberapa program.',
    },
    'coverage-by-province': {
      title: 'Cakupan menurut provinsi',
      definition: 'Orang yang terlindungi menurut tempat tinggalnya, dari pekerja di sana yang dapat dilindungi.',
      doesNotSay: 'Angka ini tidak menghitung peserta menurut kedudukan perusahaan. Jumlah pekerja yang dapat dilindungi adalah perkiraan, bukan hasil hitungan.',
    },
    'contributions-by-month': {
      title: 'Iuran menurut bulan',
      definition: 'Iuran dan premi setiap bulan: dihitung dari baris peserta, ditagih, dibukukan, dan yang sudah diterima.',
      doesNotSay: 'Denda dan bagian pemerintah tidak termasuk. Yang membayar sendiri dan yang dibayari muncul ketika dibayar: penawaran bukan utang.',
    },
    control: {
      title: 'Pemeriksaan kecocokan',
      definition: 'Setelah setiap langkah: iuran, premi, denda, dan bagian pemerintah menurut hitungan, tagihan, dan pembukuan; saldo bank menurut buku besar dan menurut rekening koran; serta selisihnya.',
      doesNotSay: 'Selisih 0 menunjukkan bahwa pembukuan saling cocok, bukan bahwa upah dilaporkan dengan benar.',
    },
    'registered-persons': {
      title: 'Orang yang terdaftar',
      definition: 'Orang yang pernah didaftarkan, menurut tempat tinggalnya.',
      doesNotSay: 'Terdaftar belum tentu terlindungi: banyak yang sudah keluar atau berhenti membayar.',
    },
    groups: {
      title: 'Kelompok yang dihitung tersendiri',
      definition: 'Orang yang terlindungi dari kelompok yang dihitung tersendiri, dan yang iurannya dibayar bukan oleh diri sendiri atau pemberi kerja.',
      doesNotSay: 'Kelompok ini termasuk dalam segmen, sehingga jumlahnya bukan jumlah semua orang yang terlindungi.',
    },
  },
  columns: {
    day: 'Hari', members: 'Orang yang terlindungi', segment: 'Segmen', programme: 'Program', province: 'Provinsi', name: 'Nama', people: 'Penduduk', eligible: 'Pekerja yang dapat dilindungi',
    rate: 'Dari setiap 100', registered: 'Orang yang terdaftar', group: 'Kelompok', month: 'Bulan', state: 'Keadaan', computed: 'Dihitung', billed: 'Ditagih', booked: 'Dibukukan', difference: 'Selisih',
    collected: 'Diterima', at: 'Pada', step: 'Setelah', contributions: 'Iuran', premiums: 'Premi', fines: 'Denda', stateShare: 'Bagian pemerintah', bank: 'Bank menurut buku besar', statement: 'Bank menurut rekening koran',
  },
}
