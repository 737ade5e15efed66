// The words of public figures in Indonesian.
import type { CoverageWords } from './words.ts'

export const id: CoverageWords = {
  language: 'id',
  locale: 'id-ID',
  figureAddress: '/id/angka/{id}',
  all: 'Semua',
  monthStates: { open: 'berjalan', closed: 'ditutup' },
  steps: {
    run: 'Iuran {month} dihitung',
    reassess: 'Iuran {month} dihitung ulang menurut peraturan baru',
    deferred: 'Angsuran iuran tertunda ditagih dalam {month}',
    daily: 'Pemeriksaan harian iuran {month}',
    command: 'Pemeriksaan atas permintaan {month}',
  },
  synthetic: 'Data contoh: orang dan perusahaan rekaan. ',
  syntheticSource: 'Payung, negeri contoh: satu orang mewakili {scale} orang. {source}',
  cited: '{act} pasal {article}',
  source: 'Payung, hitungan sendiri dari daftar peserta dan pembukuan. {source}',
  citation: '{title}{value}, {asOf}. Payung{synthetic}, {address}',
  citationSynthetic: ' (data contoh)',
  sponsored: 'Dibayarkan donatur atau anggaran negara',
  memberNumber: 'Nomor peserta',
  suppressed:
    'Jumlah 1 sampai 4 orang ditulis “<\u00a05”. Jumlah lain yang dapat membukanya juga tidak ditampilkan dan ditulis “–” (di berkas CSV: x).',
  figures: {
    'active-members': {
      title: 'Orang yang terlindungi',
      definition:
        'Orang yang pada hari ini memiliki sedikitnya satu perlindungan, termasuk selama masih ada iuran yang belum dibayar. Setiap orang dihitung satu kali.',
      doesNotSay: 'Angka ini tidak menunjukkan jumlah kepesertaan, dan tidak menjamin santunan penuh: batasan dapat berlaku.',
    },
    'members-by-segment': {
      title: 'Orang yang terlindungi menurut jenis pekerja',
      definition:
        'Orang yang terlindungi menurut cara mereka bekerja. Orang dengan beberapa kepesertaan dihitung satu kali, pada yang paling awal di antara yang masih aktif.',
      doesNotSay: 'Angka ini tidak menunjukkan berapa kepesertaan yang dimiliki seseorang.',
    },
    'members-by-programme': {
      title: 'Orang yang terlindungi menurut perlindungannya',
      definition: 'Orang yang pada hari ini memiliki tiap perlindungan. Setiap orang dihitung satu kali dalam tiap perlindungan.',
      doesNotSay: 'Jumlah semua baris bukan jumlah orang yang terlindungi, karena kebanyakan orang memiliki beberapa perlindungan.',
    },
    'coverage-by-province': {
      title: 'Cakupan menurut provinsi',
      definition: 'Orang yang terlindungi menurut tempat tinggalnya, dibagi pekerja yang berhak di sana.',
      doesNotSay:
        'Angka ini tidak menghitung peserta menurut kedudukan perusahaan. Jumlah pekerja yang berhak adalah perkiraan, bukan hasil hitungan.',
    },
    'contributions-by-month': {
      title: 'Iuran menurut bulan',
      definition:
        'Iuran peserta dan premi kontrak setiap bulan: dihitung dari setiap baris, ditagih, dibukukan, dan yang sudah diterima. Denda dan bagian pemerintah tidak termasuk.',
      doesNotSay:
        'Angka ini lebih kecil daripada semua tagihan bulan itu: dengan denda dan bagian pemerintah, jumlahnya ada di “Semua tagihan menurut bulan”. Iuran pekerja mandiri dan yang dibayarkan donatur muncul setelah dibayar, karena bukan utang.',
    },
    'bills-by-month': {
      title: 'Semua tagihan menurut bulan',
      definition:
        'Semua yang ditagih untuk satu bulan, menurut bagiannya: iuran peserta, premi kontrak, denda keterlambatan, dan bagian pemerintah, masing-masing dijumlahkan dari barisnya sendiri; lalu jumlah tagihan, yang dibukukan, selisih ketiganya, dan yang sudah diterima dari semua tagihan.',
      doesNotSay:
        'Jumlahnya bertambah selama bulan berjalan: denda ditagih sesudah keterlambatannya, dan bagian pemerintah setelah tagihannya dibuat. Yang diterima adalah tagihan yang sudah lunas.',
    },
    control: {
      title: 'Pemeriksaan kecocokan',
      definition:
        'Pemeriksaan terakhir setiap bulan: iuran, premi, denda, dan bagian pemerintah menurut hitungan, tagihan, dan pembukuan; saldo bank menurut pembukuan dan menurut rekening koran; serta selisihnya.',
      doesNotSay: 'Selisih 0 menunjukkan bahwa pembukuan saling cocok, bukan bahwa upah dilaporkan dengan benar.',
    },
    'registered-persons': {
      title: 'Orang yang terdaftar',
      definition: 'Orang yang pernah didaftarkan, menurut tempat tinggalnya.',
      doesNotSay: 'Terdaftar belum tentu terlindungi: banyak yang sudah keluar atau berhenti membayar.',
    },
    groups: {
      title: 'Kelompok yang dihitung tersendiri',
      definition:
        'Orang yang terlindungi dari kelompok yang dihitung tersendiri, dan yang iurannya dibayar bukan oleh diri sendiri atau pemberi kerja.',
      doesNotSay: 'Kelompok ini termasuk dalam jenis pekerja, sehingga jumlahnya bukan jumlah semua orang yang terlindungi.',
    },
    price: {
      title: 'Iuran terendah pekerja mandiri untuk satu bulan',
      definition:
        'Yang dibayar pekerja mandiri dengan penghasilan terendah, sendiri dan tanpa tabungan, untuk satu bulan: pada bulan ini, dan mulai bulan berikutnya yang diketahui berbeda, menurut peraturan yang sudah terbit.',
      doesNotSay:
        'Penghasilan yang lebih tinggi dan perlindungan tambahan berharga lain. Peraturan baru dapat mengubah bulan-bulan mendatang.',
    },
    'created-counts': {
      title: 'Negeri contoh: saat dibuat dan sekarang',
      definition: 'Orang yang terlindungi di negeri contoh pada hari dibuat, dengan jumlah yang ditentukan, di samping hitungan terakhir.',
      doesNotSay: 'Kedua angka boleh berbeda: sesudah dibuat, ada yang masuk, keluar, membayar, atau tidak membayar.',
    },
  },
  columns: {
    day: 'Hari',
    members: 'Orang yang terlindungi',
    segment: 'Kode jenis pekerja',
    programme: 'Kode perlindungan',
    province: 'Kode provinsi',
    name: 'Nama',
    people: 'Penduduk',
    eligible: 'Pekerja yang berhak',
    rate: 'Dari setiap 100',
    registered: 'Orang yang terdaftar',
    group: 'Kode kelompok',
    month: 'Bulan',
    state: 'Keadaan',
    computed: 'Dihitung',
    billed: 'Ditagih',
    booked: 'Dibukukan',
    difference: 'Selisih',
    collected: 'Diterima',
    at: 'Pada',
    step: 'Setelah',
    contributions: 'Iuran',
    premiums: 'Premi',
    fines: 'Denda',
    stateShare: 'Bagian pemerintah',
    bank: 'Bank menurut pembukuan',
    statement: 'Bank menurut rekening koran',
    from: 'Mulai bulan',
    price: 'Iuran sebulan',
    part: 'Kode',
    created: 'Saat dibuat',
    now: 'Sekarang',
  },
}
