// How we count, and what Payung is, in Indonesian.

export const methodWords = {
  method: {
    title: 'Cara menghitung',
    description: 'Apa yang dihitung setiap angka di Payung, apa pembaginya, dan apa yang tidak dikatakannya.',
    headline: 'Cara kami menghitung',
    sections: [
      {
        id: 'aktif',
        title: 'Siapa yang dihitung terlindungi',
        text: [
          'Seorang peserta dihitung satu kali, jika pada hari itu sedikitnya satu perlindungannya berlaku: lunas, atau masih dalam masa tenggang sebelum perlindungan berhenti.',
          'Perlindungan tidak pernah diketik. Ia dihitung ulang setiap hari dari kepesertaan, tagihan, dan pembayaran, dengan aturan yang berlaku pada hari itu.',
        ],
      },
      {
        id: 'pembagi',
        title: 'Pembaginya: pekerja yang berhak',
        text: [
          'Angka “dari setiap 100” membagi peserta aktif dengan pekerja yang berhak ikut. Pekerja yang berhak diperkirakan dari jumlah penduduk, karena tidak ada daftar lengkap semua pekerja.',
          'Karena itu setiap angka menyebut pembilang, pembagi, tanggal, dan sumbernya. Pembagi lain memberi angka lain.',
        ],
      },
      {
        id: 'tempat',
        title: 'Tempat tinggal atau tempat pemberi kerja',
        text: [
          'Peta menghitung peserta di provinsi tempat tinggalnya, karena di sanalah keluarganya merasakan perlindungan. Pemberi kerja sering terdaftar di provinsi lain; hitungan menurut kantor akan menumpuk di ibu kota.',
        ],
      },
      {
        id: 'contoh',
        title: 'Data contoh (sintetis)',
        text: [
          'Halaman yang bertanda “Data contoh (sintetis)” memakai negeri contoh yang dibuat komputer. Tidak ada orang, perusahaan, atau pembayaran sungguhan di dalamnya. Nama dan jumlah penduduk wilayah diambil dari data publik.',
          'Angka-angka itu tidak boleh dikutip sebagai keadaan Indonesia.',
        ],
      },
      {
        id: 'dibuat',
        title: 'Hitungan pasti saat negeri contoh dibuat',
        text: [
          'Negeri contoh dibuat dengan jumlah peserta yang ditentukan untuk setiap jenis pekerja. Halaman depan menampilkan jumlah itu dengan tanggalnya, di samping angka hari ini.',
          'Sesudahnya waktu berjalan: ada yang membayar, menunggak, berhenti, atau masuk. Maka kedua angka boleh berbeda, dan keduanya benar pada tanggalnya.',
        ],
      },
      {
        id: 'kecil',
        title: 'Sel kecil',
        text: [
          'Jumlah 1 sampai 4 orang ditulis “<\u00a05”, agar tidak ada orang yang bisa dikenali. Jika jumlah seluruhnya akan membukanya, sel lain juga tidak ditampilkan dan ditulis “–”. Tabel paling rinci memuat provinsi, jenis pekerja, dan perlindungan.',
        ],
      },
      {
        id: 'uang',
        title: 'Iuran dan selisihnya',
        text: [
          'Iuran bulan itu dijumlahkan tiga kali dari tiga catatan yang terpisah: iuran setiap peserta, tagihan kepada pembayar, dan pembukuan. Selisihnya harus nol. Jika tidak, halaman ini menampilkannya.',
          'Iuran memuat iuran peserta dan premi kontrak. Denda dan bagian pemerintah ditagih tersendiri; halaman iuran menunjukkan setiap bagian sampai jumlah semua tagihan bulan itu.',
          '“Diterima” adalah tagihan yang sudah lunas. Uang yang belum cukup untuk satu tagihan penuh menunggu sebagai simpanan pembayar dan belum dihitung.',
        ],
      },
      {
        id: 'hukum',
        title: 'Tarif dan aturannya',
        text: [
          'Setiap tarif, batas, dan tenggat disimpan sebagai data dengan tanggal berlaku, peraturan, pasal, dan tautannya. Yang belum bisa dipastikan ditandai “belum terverifikasi”; yang tidak ada sumbernya tidak diisi.',
        ],
      },
    ],
  },

  about: {
    title: 'Tentang Payung',
    description: 'Payung adalah sistem sumber terbuka untuk jaminan sosial ketenagakerjaan.',
    headline: 'Sistem yang boleh dibuka siapa saja',
    lead: 'Payung adalah sistem sumber terbuka untuk jaminan sosial ketenagakerjaan: dari pendaftaran, iuran yang boleh dibayar siapa saja bagi pekerja yang belum mampu, sampai pertanggungjawaban setiap rupiah.',
    not: 'Payung bukan situs resmi penyelenggara jaminan sosial. Yang Anda lihat di sini adalah peragaan dengan data contoh.',
    notReal: 'Situs ini dijalankan dengan data penyelenggaranya.',
    sections: [
      {
        title: 'Boleh dipakai, diperiksa, dan diperbaiki',
        text: 'Programnya berlisensi Apache-2.0 dan data contohnya CC0. Siapa pun boleh menjalankannya di komputer sendiri, menghitung ulang angkanya, dan mengusulkan perbaikan.',
      },
      {
        title: 'Hukum sebagai data',
        text: 'Tarif, batas, dan tenggat tidak ditulis di dalam program, melainkan di berkas dengan sumbernya. Negara lain bisa memakai Payung dengan berkasnya sendiri.',
      },
      {
        title: 'Hemat dan terbuka untuk semua',
        text: 'Halaman ini tidak memakai skrip, pelacak, atau kuki. Bisa dibuka di ponsel sederhana dengan sinyal lemah, dicetak, dan dibacakan pembaca layar.',
      },
      {
        title: 'Data pribadi',
        text: 'Halaman publik hanya menampilkan jumlah, status, dan tanggal. Nama, pemberi kerja, dan pembayar tidak pernah tampil.',
      },
    ],
    run: 'Menjalankan sendiri',
    runLead: 'Dengan Node.js terpasang, di folder Payung:',
    runCommand: 'npm start',
    font: 'Huruf: Plus Jakarta Sans, SIL Open Font License 1.1.',
  },
}
