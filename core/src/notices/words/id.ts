// The words of letters in Indonesian: plain, short, to the person.
import { contractLetters } from './id-contracts.ts'
import type { LetterWords } from './words.ts'

const pending =
  'Kepesertaan berhenti karena dana dari pihak yang membayar terlambat. Ada permohonan agar kepesertaan dipulihkan, mulai bulan {from}.'

export const id: LetterWords = {
  locale: 'id-ID',
  kinds: {
    'person month-corrected': {
      title: 'Iuran Anda untuk {month} berubah',
      what: ['Iuran Anda untuk {month} dihitung ulang, karena {why}.', 'Di bawah ini angka sebelum dan sesudahnya.'],
      next: [
        'Anda tidak perlu melakukan apa-apa. Selisihnya diurus dengan pihak yang membayar iuran Anda.',
        'Tabungan dan perlindungan Anda dihitung dari angka yang baru.',
      ],
    },
    'person months-missed': {
      title: 'Ada bulan yang iurannya belum masuk',
      what: [
        'Kepesertaan Anda sempat dilaporkan berhenti, lalu laporan itu ditarik kembali.',
        'Iuran untuk {months} belum ditagih dan belum dibayar.',
      ],
      next: [
        'Pihak yang membayar iuran Anda harus mengajukan koreksi. Mereka sudah kami beri tahu.',
        'Jika ini salah, beri tahu kantor kami dan bawa surat ini.',
      ],
    },
    'person month-not-paid': {
      title: 'Iuran Anda untuk {month} belum dibayar',
      what: ['Pemberi kerja Anda membayar lebih dulu iuran sebagian pekerja untuk {month}. Iuran Anda belum termasuk.'],
      next: [
        'Iuran Anda tetap menjadi utang pemberi kerja. Tanyakan kapan akan dibayar.',
        'Cek perlindungan Anda dengan nomor peserta; hak Anda tidak hilang karena pemberi kerja terlambat.',
      ],
    },
    'person number-merged': {
      title: 'Nomor lama Anda tetap berlaku',
      what: [
        'Anda terdaftar dengan lebih dari satu nomor. Nomor itu sekarang digabung ke nomor peserta di atas.',
        'Nomor lama: {numbers}.',
      ],
      next: [
        'Nomor lama tetap bisa dipakai. Semua iuran dan tabungan tetap ada, dan sekarang dibaca bersama.',
        'Jika nomor lama itu bukan milik Anda, segera beri tahu kantor kami. Penggabungan bisa dibatalkan.',
      ],
    },
    'person number-unmerged': {
      title: 'Penggabungan nomor dibatalkan',
      what: [
        '{?other}Nomor {numbers} tidak lagi tergabung dengan nomor Anda, karena ternyata milik orang lain.',
        '{?own}Nomor {numbers} kembali menjadi nomor Anda sendiri.',
      ],
      next: ['Iuran dan tabungan kembali dibaca terpisah. Tidak ada yang hilang.'],
    },
    'person reinstatement-opened': {
      title: 'Kepesertaan Anda sedang diusulkan untuk dipulihkan',
      what: [pending, 'Permohonan ini belum diputuskan.'],
      next: [
        'Sampai diputuskan dan iurannya dibayar, Anda belum terlindungi.',
        'Anda tidak perlu melakukan apa-apa. Kami akan memberi tahu keputusannya.',
      ],
    },
    'person reinstatement-approved': {
      title: 'Kepesertaan Anda boleh dilanjutkan',
      what: ['Permohonan pemulihan disetujui. Kepesertaan Anda dianggap tidak terputus, jika iuran mulai {from} dibayar.'],
      next: ['Cek perlindungan Anda dengan nomor peserta: bulan yang sudah dibayar terlihat di sana.'],
    },
    'person reinstatement-refused': {
      title: 'Kepesertaan Anda tidak dipulihkan',
      what: ['Permohonan pemulihan mulai {from} ditolak.'],
      next: [
        'Pembayaran berikutnya membuka masa kepesertaan baru. Anda juga bisa membayar sendiri.',
        'Anda boleh meminta keputusan ini ditinjau di kantor kami.',
      ],
    },
    'person reinstatement-withdrawn': {
      title: 'Permohonan pemulihan kepesertaan ditarik',
      what: ['Permohonan pemulihan mulai {from} ditarik oleh yang mengajukan.'],
      next: ['Pembayaran berikutnya membuka masa kepesertaan baru. Anda juga bisa membayar sendiri.'],
    },
    'payer credit': {
      title: 'Iuran {month} menjadi lebih kecil',
      what: [
        '{!open}Iuran untuk {month} dihitung ulang, karena {why}. Hasilnya lebih kecil: {amount} kembali menjadi uang Anda.',
        '{?open}Iuran untuk {month} dihitung ulang, karena {why}. Utang Anda berkurang {amount}. Tagihan {month} belum lunas.',
      ],
      next: [
        '{!open}Uang ini otomatis dipakai untuk tagihan atau bulan berikutnya. Anda tidak perlu melakukan apa-apa.',
        '{?open}Pengurangan ini dihitung bersama pembayaran Anda, tagihan paling lama lebih dulu. Bayar sisanya dengan kode bayar {payCode}.',
      ],
    },
    'payer supplementary-bill': {
      title: 'Tagihan susulan untuk {month}',
      what: ['Iuran untuk {month} dihitung ulang, karena {why}. Masih kurang {amount}.'],
      next: [
        'Bayar paling lambat {due}, dengan kode bayar {payCode}.',
        '{?unpaid}{!due}Bayar dengan kode bayar {payCode}.',
        '{?unpaid}{?corrected}Perubahan berlaku setelah kekurangan ini dibayar.',
        'Kekurangan ini sudah lunas pada {paidOn}. Anda tidak perlu membayar lagi.',
      ],
    },
    'payer nothing-owed': {
      title: 'Iuran {month} dibetulkan',
      what: ['Iuran untuk {month} dihitung ulang, karena {why}. Tidak ada yang perlu dibayar dan tidak ada yang kembali.'],
      next: ['Anda tidak perlu membayar apa-apa. Setiap pekerja yang angkanya berubah kami beri tahu.'],
    },
    'payer months-missed': {
      title: 'Iuran pekerja yang aktif kembali belum ditagih',
      what: [
        'Laporan berhenti untuk {members} pekerja ditarik kembali. Iuran mereka untuk {months} belum ditagih, karena bulan itu sudah ditutup.',
      ],
      next: ['Ajukan koreksi untuk bulan itu, lalu bayar tagihan susulannya. Para pekerja sudah kami beri tahu.'],
    },
    'payer deferred-instalment': {
      title: 'Angsuran iuran yang ditunda',
      what: ['Sebagian iuran Anda untuk {months} ditunda. Sekarang {amount} di antaranya harus dibayar.'],
      next: [
        'Bayar paling lambat {due}, dengan kode bayar Anda yang biasa.',
        'Anda juga bisa melunasi seluruh sisanya sekaligus: hubungi kantor kami.',
      ],
    },
    'payer deferred-returned': {
      title: 'Pelunasan iuran yang ditunda berlebih',
      what: ['Iuran yang ditunda untuk {months} lebih kecil daripada yang sudah ditagih. {amount} kembali menjadi uang Anda.'],
      next: ['Uang ini otomatis dipakai untuk tagihan berikutnya. Anda tidak perlu melakukan apa-apa.'],
    },
    'payer surplus': {
      title: 'Ada kelebihan pembayaran',
      what: ['Pembayaran Anda tanggal {paidOn} sudah diterima.', 'Semua tagihan lunas dan masih ada uang Anda sebesar {amount} pada kami.'],
      next: [
        'Kami tawarkan agar uang ini dipakai untuk iuran bulan berikutnya. Jika Anda setuju, Anda tidak perlu melakukan apa-apa.',
        'Jika Anda tidak mau, beri tahu kantor kami secara tertulis. Setelah itu uangnya bisa dikembalikan.',
      ],
    },
    'payer shortage': {
      title: 'Pembayaran Anda belum cukup',
      what: ['Pembayaran Anda tanggal {paidOn} sudah diterima, tetapi belum cukup untuk tagihan yang tertua. Uang Anda {amount} disimpan.'],
      next: ['Tambahkan {missing}. Begitu cukup, tagihan langsung dilunasi. Tagihan yang belum lunas tidak memberi perlindungan baru.'],
    },
    'payer late-warning': {
      title: 'Iuran belum dibayar: perlindungan akan berhenti',
      what: [
        'Iuran untuk {members} orang yang Anda tanggung terakhir dibayar untuk {paidMonth}. Sekarang {unpaid} bulan lewat jatuh tempo.',
        'Jika tidak dibayar, perlindungan mereka berhenti setelah {coveredUntil}.',
      ],
      next: ['Bayar bulan pertama yang tertunggak: {amount}.', 'Jika dana terlambat cair, beri tahu kantor kami sebelum tanggal itu.'],
    },
    'payer reinstatement-opened': {
      title: 'Permohonan pemulihan kepesertaan diterima',
      what: [pending, 'Permohonan untuk {members} orang ini sedang diperiksa.'],
      next: [
        'Selama belum diputuskan, uang Anda disimpan dan tidak membuka masa kepesertaan baru.',
        'Kami akan memberi tahu keputusannya.',
      ],
    },
    'payer reinstatement-approved': {
      title: 'Permohonan pemulihan disetujui',
      what: ['Kepesertaan {members} orang boleh dilanjutkan tanpa terputus.'],
      next: ['Bayar iuran mulai bulan {from}. Uang Anda yang disimpan dipakai lebih dulu.'],
    },
    'payer reinstatement-refused': {
      title: 'Permohonan pemulihan ditolak',
      what: ['Permohonan untuk {members} orang, mulai {from}, ditolak.', 'Alasannya: {reason}.'],
      next: ['Pembayaran berikutnya membuka masa kepesertaan baru.', 'Anda boleh meminta keputusan ini ditinjau di kantor kami.'],
    },
    'payer reinstatement-withdrawn': {
      title: 'Permohonan pemulihan ditarik',
      what: ['Permohonan untuk {members} orang, mulai {from}, ditarik oleh yang mengajukan.'],
      next: ['Pembayaran berikutnya membuka masa kepesertaan baru.'],
    },
    'payer refund-asked': {
      title: 'Permohonan pengembalian uang diterima',
      what: ['Permohonan pengembalian {amount} sedang diperiksa oleh petugas lain.'],
      next: ['Anda tidak perlu melakukan apa-apa. Kami akan memberi tahu keputusannya.'],
    },
    'payer refund-refused': {
      title: 'Permohonan pengembalian uang ditolak',
      what: ['Permohonan pengembalian {amount} ditolak. Uang itu tetap milik Anda.'],
      next: [
        'Uang ini dipakai untuk tagihan atau bulan berikutnya.',
        'Tanyakan alasannya di kantor kami; Anda boleh meminta keputusan ini ditinjau.',
      ],
    },
    'payer refund-ordered': {
      title: 'Pengembalian uang disetujui',
      what: ['{amount} akan dikirim ke rekening {bank} yang berakhir dengan {account}.'],
      next: ['Kami akan memberi tahu setelah bank membayarnya. Jika rekening itu bukan milik Anda, segera hubungi kantor kami.'],
    },
    'payer refund-paid': {
      title: 'Uang Anda sudah dikirim',
      what: ['Pada {paidOn} bank mengirim {amount} ke rekening {bank} yang berakhir dengan {account}.'],
      next: ['Periksa rekening Anda. Jika uangnya belum masuk, hubungi kantor kami dan bawa surat ini.'],
    },
    ...contractLetters,
    'payer fine-waived': {
      title: 'Denda keterlambatan dihapus',
      what: ['Denda {amount} pada tagihan {month} dihapus.'],
      next: ['Isi lain tagihan itu tetap harus dibayar. Jika tidak ada sisanya, Anda tidak perlu melakukan apa-apa.'],
    },
    'payer fine-waiver-refused': {
      title: 'Denda keterlambatan tetap berlaku',
      what: ['Permohonan penghapusan denda {amount} ditolak.'],
      next: [
        'Bayar denda itu bersama tagihan yang memuatnya.',
        'Tanyakan alasannya di kantor kami; Anda boleh meminta keputusan ini ditinjau.',
      ],
    },
    'payer written-off': {
      title: 'Piutang lama tidak ditagih lagi',
      what: ['{amount} dari tagihan {month} dihapuskan. Jumlah itu tidak ditagih lagi, dan tidak ada denda baru karenanya.'],
      next: [
        '{!deferred}Penghapusan bukan pembayaran: dalam catatan pekerja Anda bulan itu tetap belum dibayar.',
        '{?deferred}Jumlah itu adalah angsuran iuran yang ditunda. Angsuran itu tidak ditagih lagi dan tidak dibayar: tidak ada yang dapat dikembalikan kepada Anda.',
        'Anda tidak perlu melakukan apa-apa.',
      ],
    },
    'payer employer-closed': {
      title: 'Anda dinonaktifkan sebagai pemberi kerja',
      what: ['Sejak {closedOn} Anda tidak aktif sebagai pemberi kerja. Tidak ada lagi yang bisa didaftarkan pada Anda.'],
      next: [
        'Tagihan yang belum dibayar tetap menjadi utang.',
        'Jika ini salah, atau jika ada orang yang bekerja lagi pada Anda, beri tahu kantor kami dan bawa surat ini.',
      ],
    },
    'payer employer-reopened': {
      title: 'Anda diaktifkan kembali sebagai pemberi kerja',
      what: [
        'Anda dinonaktifkan sebagai pemberi kerja pada {closedOn}. Sejak {reopenedOn} Anda aktif kembali, agar hal yang tersisa dapat dibereskan.',
        'Uang Anda sebesar {amount} masih ada pada kami.',
      ],
      next: [
        'Setelah semuanya beres, Anda dinonaktifkan lagi. Kami akan memberi tahu Anda.',
        'Bulan terakhir seorang pekerja salah, atau uang itu sebaiknya masuk ke rekening Anda? Beri tahu kantor kami dan bawa surat ini.',
      ],
    },
  },
  whys: {
    correction: 'datanya dibetulkan',
    'late-law': 'peraturan yang berlaku untuk bulan itu terbit kemudian',
    'price-fall': 'peraturan baru menurunkan iuran yang sudah Anda bayar di muka',
  },
  figures: {
    amount: 'Jumlah',
    due: 'Paling lambat',
    bill: 'Nomor tagihan',
    certificate: 'Nomor sertifikat',
    came: 'Yang Anda bayar',
    missing: 'Yang masih kurang',
    members: 'Jumlah orang',
    coveredUntil: 'Terlindungi sampai',
  },
  table: {
    caption: 'Iuran untuk {month}, sebelum dan sesudah',
    what: 'Yang dihitung',
    before: 'Sebelum',
    after: 'Sesudah',
    base: 'Upah atau penghasilan yang dilaporkan',
    total: 'Iuran seluruhnya',
    nothing: 'tidak ada',
  },
  instalments: {
    caption: 'Semua angsuran iuran yang ditunda, keadaan {on}',
    by: ' (menurut {act}; {status})',
    status: { verified: 'terverifikasi', 'one-source': 'tanggalnya baru dari satu sumber', unverified: 'tanggalnya belum terverifikasi' },
    due: 'Paling lambat',
    amount: 'Jumlah',
    state: 'Keadaan',
    total: 'Seluruhnya',
    states: {
      paid: 'lunas {paidOn}',
      open: 'harus dibayar',
      late: 'belum dibayar',
      'written-off': 'tidak ditagih lagi',
      'given-back': 'dikembalikan',
      'to-come': 'akan datang',
    },
  },
  to: 'Kepada',
  memberNumber: 'Nomor peserta',
  payerNumber: 'Nomor pembayar',
  writtenOn: 'Tanggal surat',
  letter: 'Nomor surat',
  question: 'Ada yang salah atau kurang jelas? Tanyakan di kantor mana pun dan bawa surat ini.',
  sender: 'Dari: Payung, penyelenggara yang melindungi Anda',
  synthetic: 'Surat contoh: orang, perusahaan dan jumlahnya rekaan.',
  online: 'Surat ini bisa dibaca lagi, juga dalam bahasa lain, di:',
  code: 'Jangan berikan alamat ini kepada orang lain.',
}
