// How we count, and what Payung is, in English.
import type { methodWords as indonesian } from './id-method.ts'

export const methodWords: typeof indonesian = {
  method: {
    title: 'How we count',
    description: 'What each figure in Payung counts, what it is divided by, and what it does not say.',
    headline: 'How we count',
    sections: [
      {
        id: 'active',
        title: 'Who counts as covered',
        text: [
          'A member is counted once if on that day at least one cover holds: paid, or still within the period of grace before cover stops.',
          'Cover is never typed in. It is derived anew every day from memberships, bills and payments, by the rules in force on that day.',
        ],
      },
      {
        id: 'denominator',
        title: 'The denominator: eligible workers',
        text: [
          'A figure “of every 100” divides active members by workers who may join. Eligible workers are estimated from the population, because no complete list of all workers exists.',
          'That is why every figure states its numerator, denominator, date and source. Another denominator gives another figure.',
        ],
      },
      {
        id: 'place',
        title: 'Place of residence or seat of the employer',
        text: [
          'The map counts members in the province where they live, because that is where their families feel the cover. Employers are often registered in another province; counted by office, members would pile up in the capital.',
        ],
      },
      {
        id: 'sample',
        title: 'Sample data (synthetic)',
        text: [
          'Pages marked “Sample data (synthetic)” use a sample nation made by a computer. There are no real people, companies or payments in it. Names and populations of regions come from public data.',
          'Those figures must not be cited as the state of Indonesia.',
        ],
      },
      {
        id: 'created',
        title: 'Exact counts of the nation as created',
        text: [
          'The sample nation is created with a set number of members for each kind of worker. The front page shows those numbers with their date, beside the figures of today.',
          'Then time passes: some pay, fall behind, leave or join. So the two figures may differ, and each is right on its own date.',
        ],
      },
      {
        id: 'small',
        title: 'Small cells',
        text: [
          'Counts of 1 to 4 people are written “<\u00a05”, so that nobody can be recognised. Where a total would give one away, another cell is hidden too and written “–”. The most detailed table crosses province, kind of worker and cover.',
        ],
      },
      {
        id: 'money',
        title: 'Contributions and their difference',
        text: [
          'The contributions of a month are summed three times from three separate records: the contributions of every member, the bills to payers, and the books. The difference must be zero. If it is not, this site shows it.',
          'Contributions are those of members and the premiums of contracts. Fines and the share of the State are billed by themselves; the page of contributions shows each part up to the sum of all bills of the month.',
          '“Collected” means bills that have been paid in full. Money that is not yet enough for a whole bill waits as the payer’s credit and is not counted.',
        ],
      },
      {
        id: 'law',
        title: 'Rates and rules',
        text: [
          'Every rate, limit and deadline is kept as data with its date of effect, act, article and link. What could not be verified is marked “not verified yet”; what has no source is left out.',
        ],
      },
    ],
  },

  about: {
    title: 'About Payung',
    description: 'Payung is an open-source system for employment social security.',
    headline: 'A system that anyone may open',
    lead: 'Payung is an open-source system for employment social security: from registration, through contributions that anyone may pay for a worker who cannot, to the account of every rupiah.',
    not: 'Payung is not the official site of a social security agency. What you see here is a demonstration with sample data.',
    notReal: 'This site runs on the data of whoever operates it.',
    sections: [
      {
        title: 'Free to use, check and improve',
        text: 'The program is licensed under Apache-2.0 and its sample data are CC0. Anyone may run it on their own computer, recompute the figures, and propose improvements.',
      },
      {
        title: 'Law as data',
        text: 'Rates, limits and deadlines are not written into the program but kept in files with their sources. Another country can use Payung with files of its own.',
      },
      {
        title: 'Light, and open to all',
        text: 'This site uses no scripts, trackers or cookies. It opens on a simple phone with a weak signal, can be printed, and can be read aloud by a screen reader.',
      },
      {
        title: 'Personal data',
        text: 'Public pages show only counts, states and dates. Names, employers and payers never appear.',
      },
    ],
    run: 'Run it yourself',
    runLead: 'With Node.js installed, in the folder of Payung:',
    runCommand: 'npm start',
    font: 'Typeface: Plus Jakarta Sans, SIL Open Font License 1.1.',
  },
}
