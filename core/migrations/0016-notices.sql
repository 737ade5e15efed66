-- Letters: what an exception means to the person or the payer whom it concerns. A letter holds its kind and its facts; its words are found
-- when it is read, in the language of the reader. The same cause writes it once. When it was told is a row of its own.
create schema notices;
grant usage on schema notices to payung_online, payung_run;

create table notices.letter (
  letter_id bigint generated always as identity primary key,
  -- To whom: one of the two.
  person_id bigint,
  payer_id bigint,
  kind text not null,
  -- What it comes from ("bill 4711", "case 3"): told twice, it is one letter.
  cause text not null,
  -- What the letter is about, in minor units; of a corrected month what it costs now less what it cost before. Null: no money.
  amount bigint,
  -- Months, days, numbers, and amounts as text of minor units.
  facts jsonb not null default '{}',
  written_on date not null,
  -- Until when it is to be told, by the agency's own aim and by law; null: no source says.
  tell_by date,
  tell_by_law date,
  check (num_nonnulls(person_id, payer_id) = 1),
  unique nulls not distinct (person_id, payer_id, kind, cause)
);
create index letter_payer on notices.letter (payer_id, letter_id) where payer_id is not null;
create index letter_person on notices.letter (person_id, letter_id) where person_id is not null;
create index letter_to_tell on notices.letter (tell_by, letter_id) where tell_by is not null;

-- When a letter was told for the first time, how, and by whom.
create table notices.telling (
  letter_id bigint primary key references notices.letter,
  person_id bigint,
  payer_id bigint,
  told_on date not null,
  how text not null check (how in ('post', 'e-mail', 'desk')),
  actor bigint not null
);
-- The code that is printed on a letter opens its page: 128 bits, of which only the hash stands here. A new one (the next turn) ends the one before.
create table notices.letter_code (
  letter_id bigint not null references notices.letter,
  turn smallint not null check (turn > 0),
  person_id bigint,
  payer_id bigint,
  code_hash bytea not null unique,
  made_on date not null,
  primary key (letter_id, turn)
);

do $$
declare t text;
begin
  foreach t in array array['letter', 'telling', 'letter_code'] loop
    execute format('create trigger %I before update or delete or truncate on notices.%I for each statement execute function platform.refuse_change()', t || '_append_only', t);
    execute format('alter table notices.%I enable row level security', t);
    execute format('alter table notices.%I force row level security', t);
    execute format('create policy run_all on notices.%I to payung_run using (true) with check (true)', t);
    execute format('create policy online_sees on notices.%I for select to payung_online using ((select registry.sees_all())
      or person_id in (select registry.own_persons()) or payer_id in (select registry.own_payers())
      or ((select platform.office()) is not null and (payer_id is not null or person_id in (select person_id from registry.person))))', t);
    execute format('grant select, insert on notices.%I to payung_run', t);
  end loop;
end $$;
-- Letters follow from what somebody did, and are written in his transaction, whoever may do it; codes and tellings are set work's.
create policy online_adds on notices.letter for insert to payung_online with check (true);
grant select on all tables in schema notices to payung_online;
grant insert on notices.letter to payung_online;
