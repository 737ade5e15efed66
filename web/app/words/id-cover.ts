// The words of the answer to "am I covered?", in Indonesian.

export const coverWords = {
  title: 'Cek perlindungan',
  description: 'Cek dengan nomor peserta apakah Anda terlindungi hari ini.',
  errorPrefix: 'Kesalahan: ',
  ask: 'Apakah Anda terlindungi hari ini?',
  again: 'Cek nomor atau hari lain',
  day: 'Pada hari',
  dayHint: 'Boleh dikosongkan untuk hari ini.',
  number: (number: string) => `Nomor peserta ${number}`,
  asOf: (day: string) => `keadaan ${day}`,
  demonstrationDay: 'hari negeri contoh',
  headline: {
    covered: (day: string | null) => (day ? `Terlindungi pada ${day}.` : 'Anda terlindungi hari ini.'),
    outstanding: (day: string | null) =>
      day
        ? `Terlindungi pada ${day}, tetapi ada iuran yang belum dibayar.`
        : 'Anda terlindungi hari ini, tetapi ada iuran yang belum dibayar.',
    'employer pays first': (day: string | null) =>
      day ? `Pada ${day}, pemberi kerja yang membayar lebih dulu.` : 'Hak Anda tetap ada; pemberi kerja yang membayar lebih dulu.',
    'not covered': (day: string | null) => (day ? `Tidak terlindungi pada ${day}.` : 'Anda tidak terlindungi hari ini.'),
    'unknown number': () => 'Nomor ini tidak terdaftar.',
    'mistyped number': () => 'Nomor ini belum benar.',
  },
  /** A day to come: only what is paid already is known of it. */
  ahead: {
    covered: (day: string) => `Terlindungi pada ${day}, menurut iuran yang sudah dibayar.`,
    unpaid: (day: string) => `Untuk ${day} belum ada iuran yang dibayar.`,
    ends: (day: string) => `Jika tidak ada lagi iuran yang dibayar, perlindungan berhenti mulai ${day}.`,
  },
  lead: {
    until: (day: string) => `Sampai ${day}.`,
    openEnded: 'Selama Anda tetap menjadi peserta dan iurannya dibayar.',
    since: (day: string) => `Sejak ${day}.`,
    begins: (day: string) => `Kepesertaan mulai ${day}.`,
    sinceNot: (day: string) => `Tidak terlindungi sejak ${day}.`,
    employer:
      'Iuran sudah menunggak terlalu lama. Jika terjadi kecelakaan kerja atau kematian, pemberi kerja wajib membayar manfaatnya lebih dulu, lalu menagihnya kembali setelah tunggakan lunas. Hak Anda dan keluarga tidak hilang.',
    outstanding: 'Jika terjadi kecelakaan kerja sekarang, perawatan tetap ditanggung.',
    mayEnd: 'Lunasi tunggakan agar perlindungan tidak berhenti.',
    mayBecomeEmployers:
      'Jika tunggakan melewati masa tenggang, hak Anda tetap ada, tetapi pemberi kerja yang wajib membayar manfaatnya lebih dulu.',
    nothingToPay: 'Anda tidak perlu membayar apa pun sekarang.',
  },
  reasons: {
    'never-paid': 'Iuran pertama belum dibayar, jadi perlindungan belum mulai.',
    lapsed: 'Iuran tidak dibayar melewati masa tenggang, jadi perlindungan berhenti.',
    left: 'Kepesertaan dengan nomor ini telah berakhir.',
    'contract-ended': 'Kontrak atau proyek yang melindungi sudah selesai.',
    'reported-late': 'Pekerja dilaporkan setelah batas waktu; untuk hari-hari sebelum laporan, pemberi kerja yang menanggung.',
    'contract-not-begun': 'Kontrak atau proyek yang melindungi belum dimulai.',
    'no-membership': 'Nomor ini terdaftar, tetapi belum memiliki kepesertaan. Tidak ada iuran yang ditagih atau menunggak.',
    'membership-not-begun': 'Kepesertaan dengan nomor ini belum mulai pada hari itu.',
    'month-not-open': 'Bulan itu belum dibuka di sistem, jadi perlindungannya belum dihitung.',
    'not-yet-paid': 'Iuran untuk bulan itu belum dibayar, dan belum perlu dibayar hari ini.',
    'employer-unpaid': 'Pemberi kerja belum membayar iuran.',
    'contribution-outstanding': 'Ada iuran yang sudah jatuh tempo dan belum dibayar.',
  } as Record<string, string>,
  restore: {
    titleNot: 'Agar terlindungi lagi',
    titleFirst: 'Agar mulai terlindungi',
    titleStill: 'Agar perlindungan tidak berhenti',
    titleUnpaid: 'Agar iurannya lunas lagi',
    titleEmployer: 'Yang perlu dilakukan sekarang',
    pay: (amount: string, months: string) => `Bayar ${amount} untuk ${months}.`,
    by: (day: string) => `Paling lambat ${day}.`,
    how: 'Bayar dengan nomor peserta ini di bank, gerai, atau aplikasi tempat Anda biasa membayar. Pembayaran berlaku begitu jumlahnya lengkap; uang yang kurang menunggu sebagai simpanan Anda.',
    others: {
      'employer-unpaid':
        'Pemberi kerja yang wajib membayar, bukan Anda. Tanyakan kepada bagian personalia kapan iuran dibayar. Jika tidak ada jawaban, laporkan ke kantor cabang.',
      'contribution-outstanding':
        'Yang membayar iuran Anda perlu melunasinya. Tanyakan kepada pemberi kerja, donatur, atau pemerintah setempat yang membayar untuk Anda.',
      left: 'Hak atas kejadian sebelum hari itu dan simpanan yang terkumpul tetap ada: peserta, atau ahli warisnya, dapat menanyakannya ke kantor cabang. Jika sudah bekerja di tempat lain, mintalah pemberi kerja baru mendaftarkan Anda dengan nomor yang sama; jika bekerja sendiri, daftarlah sebagai pekerja mandiri.',
      'contract-ended':
        'Jika bekerja di proyek atau kontrak lain, mintalah penyelenggaranya mendaftarkan Anda dengan nomor yang sama. Jika bekerja sendiri, daftarlah sebagai pekerja mandiri.',
      'reported-late':
        'Pemberi kerja terlambat melaporkan Anda untuk hari-hari itu dan wajib membayar, bukan Anda. Jika tidak ada jawaban, laporkan ke kantor cabang.',
      'contract-not-begun':
        'Perlindungan mulai pada hari pertama kontrak atau proyek, setelah iurannya dibayar. Tanyakan harinya kepada penyelenggaranya.',
      lapsed: 'Yang membayar iuran Anda bisa melanjutkan, atau Anda bisa membayar sendiri sebagai pekerja mandiri dengan nomor yang sama.',
      'never-paid': 'Perlindungan mulai setelah iuran pertama dibayar penuh oleh yang membayar untuk Anda.',
      'no-membership':
        'Jika Anda bekerja pada pemberi kerja, mintalah agar Anda didaftarkan dengan nomor ini. Jika bekerja sendiri, daftarlah sebagai pekerja mandiri. Perlindungan mulai setelah iuran pertama lunas.',
      'membership-not-begun': 'Tidak ada yang perlu dilakukan untuk hari-hari sebelumnya. Cek lagi sejak hari kepesertaan mulai.',
      'month-not-open': 'Cek lagi besok, atau pilih hari lain.',
      'not-yet-paid': 'Tidak ada yang perlu dilakukan hari ini. Jika iuran tetap dibayar tepat waktu, perlindungan berlanjut.',
    } as Record<string, string>,
    other: 'Tanyakan ke kantor cabang dengan membawa kartu peserta.',
  },
  programmes: 'Terlindungi dari apa',
  savings: 'simpanan milik Anda',
  notIncluded: (names: string) => `Tidak termasuk dalam kepesertaan ini: ${names}.`,
  states: {
    covered: 'terlindungi',
    'covered, contribution outstanding': 'terlindungi, iuran belum dibayar',
    'employer pays first': 'pemberi kerja membayar lebih dulu',
    'not covered': 'tidak terlindungi',
  } as Record<string, string>,
  paidUntil: (day: string) => `Iuran lunas sampai ${day}.`,
  coveredUntil: (day: string) => `Terlindungi sampai ${day}.`,
  sinceProgramme: (day: string) => `Sejak ${day}.`,
  trace: 'Dari mana jawaban ini?',
  traceCaption: 'Aturan yang dipakai untuk setiap perlindungan',
  traceRule: 'Aturan',
  traceArticle: 'Pasal',
  traceStatus: 'Kepastian sumber',
  sourceStatus: { verified: 'terverifikasi', 'one-source': 'satu sumber', unverified: 'belum terverifikasi' } as Record<string, string>,
  /** What stands in the place of an article where there is none. */
  articles: {
    'none says what follows': 'tidak ada pasal yang mengatur akibatnya',
    'none makes payment depend on arrears': 'tidak ada pasal yang mengaitkan pembayaran dengan tunggakan',
    unknown: 'tidak diketahui',
    whole: 'seluruhnya',
  } as Record<string, string>,
  noAppeal: 'Jika jawaban ini menurut Anda keliru, bawalah bukti pembayaran atau slip upah ke kantor cabang dan mintalah diperiksa.',
  months: {
    title: 'Bulan demi bulan',
    none: 'Belum ada bulan yang dibayar untuk nomor ini.',
    states: {
      paid: 'terlindungi, lunas',
      outstanding: 'terlindungi, menunggu pembayaran',
      employer: 'pemberi kerja membayar lebih dulu',
      none: 'tidak terlindungi',
      future: 'bulan mendatang',
    },
    several: (count: number) =>
      `Nomor ini memiliki ${count} kepesertaan dalam tahun-tahun ini, dan setiap kepesertaan tampil sendiri. Jawaban di atas memakai keadaan terbaik di antaranya, untuk setiap perlindungan.`,
    membership: (place: number, count: number) => `Kepesertaan ${place} dari ${count}`,
    left: (day: string) => `berakhir; tidak berlaku lagi sejak ${day}`,
  },
  errors: {
    summary: 'Ada yang perlu diperbaiki',
    empty: 'Isi nomor peserta dulu.',
    letters: 'Nomor ini tidak dimiliki siapa pun. Nomor kami hanya berisi angka; salin nomor lama persis seperti di kartu.',
    length: (digits: number, typed: number) => `Nomor peserta terdiri atas ${digits} angka; yang Anda ketik ${typed} angka.`,
    'check-digit': 'Satu angka tampaknya salah atau tertukar. Cocokkan lagi satu per satu dengan kartu peserta.',
    other: 'Nomor ini bukan nomor peserta. Cocokkan lagi dengan kartu peserta.',
    day: 'Hari itu tidak ada di kalender. Pilih tanggal lain, atau kosongkan untuk hari ini.',
  },
  unknown: {
    lead: 'Nomornya ditulis dengan benar, tetapi tidak ada peserta dengan nomor ini.',
    next: 'Cocokkan lagi dengan kartu peserta. Jika pemberi kerja baru mendaftarkan Anda, tanyakan apakah pendaftarannya sudah diterima.',
  },
  merged:
    'Ini nomor lama: orangnya kini memakai nomor lain, dan jawaban ini berlaku untuknya. Tidak ada iuran yang hilang. Pakai nomor pada kartu peserta Anda yang terbaru.',
}
