-- Entries of savings that were booked while numbers of more than one person counted as one account: whose money they took, only these
-- persons together can say. Null: one person's alone.
alter table savings.entry add column beside bigint[] check (cardinality(beside) > 0);

-- One person asks that an account is changed by hand, another decides; deciding books the entry in the same transaction.
create table savings.request (
  request_id bigint generated always as identity primary key,
  -- Under whose number it was asked; the entry is of whoever bears it when it is booked.
  person_id bigint not null,
  programme text not null,
  kind text not null check (kind in ('opening', 'withdrawal', 'correction')),
  amount bigint not null check (amount > 0 or kind = 'correction' and amount <> 0),
  day date not null,
  reference text not null check (reference <> ''),
  act text not null check (act <> ''),
  state text not null default 'asked' check (state in ('asked', 'approved', 'refused')),
  asked_by bigint not null,
  asked_on date not null,
  decided_by bigint check (decided_by <> asked_by),
  decided_on date,
  decided_why text,
  check ((state = 'asked') = (decided_by is null))
);
create index request_open on savings.request (request_id) where state = 'asked';
create index request_person on savings.request (person_id);
alter table savings.request enable row level security;
alter table savings.request force row level security;
create policy run_all on savings.request to payung_run using (true) with check (true);
create policy online_sees on savings.request for select to payung_online using ((select registry.sees_all()) or person_id in (select registry.own_persons())
  or ((select platform.office()) is not null and person_id in (select person_id from registry.person)));
grant select on savings.request to payung_online, payung_run;
grant insert, update (state, decided_by, decided_on, decided_why) on savings.request to payung_run;
