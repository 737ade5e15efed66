-- Regions, offices, persons, organisations, payers and memberships. Member shard: person_id. Payer shard: payer_id, organisation_id.
create schema registry;
grant usage on schema registry to payung_online, payung_run, payung_public;

-- Reference: regions and offices.
create table registry.region (
  region_code text primary key,
  parent_code text references registry.region,
  level text not null check (level in ('province', 'district')),
  kind text not null,
  name text not null,
  short_name text not null,
  population_male bigint,
  population_female bigint,
  tile_column smallint,
  tile_row smallint
);
create table registry.office (
  office_id integer primary key,
  kind text not null check (kind in ('head', 'regional', 'branch')),
  name text not null,
  parent_id integer references registry.office
);
create table registry.office_district (
  office_id integer not null references registry.office,
  region_code text not null references registry.region,
  from_day date not null,
  until_day date,
  primary key (region_code, from_day)
);
grant select on registry.region, registry.office, registry.office_district to payung_online, payung_run, payung_public;
grant insert, update on registry.region, registry.office, registry.office_district to payung_run;

-- Payer shard: organisations (employers, sponsors, governments, villages, platforms, the State) and payers.
create sequence registry.organisation_id;
create table registry.organisation (
  organisation_id bigint primary key default nextval('registry.organisation_id'),
  kind text not null,
  name text not null,
  region_code text not null references registry.region,
  registered_on date not null
);
-- What the law asks about an organisation, by the pack's fact codes; a later row replaces an earlier one from its day on.
create table registry.organisation_fact (
  organisation_id bigint not null references registry.organisation,
  from_day date not null,
  facts jsonb not null,
  primary key (organisation_id, from_day)
);
create sequence registry.payer_id;
create table registry.payer (
  payer_id bigint primary key default nextval('registry.payer_id') check (payer_id < 8796093022208),
  kind text not null,
  settlement text not null check (settlement in ('receivable', 'offer')),
  person_id bigint,
  organisation_id bigint references registry.organisation,
  funding_code text,
  check ((person_id is null) <> (organisation_id is null))
);
create unique index payer_person on registry.payer (person_id, kind) where person_id is not null;
create index payer_organisation on registry.payer (organisation_id) where organisation_id is not null;

-- Member shard: persons, their numbers, memberships, arrangements.
-- Member numbers are made from it; none begins with a zero, which spreadsheets would drop.
create sequence registry.person_id start 1000000001;
create table registry.person (
  person_id bigint primary key default nextval('registry.person_id'),
  member_number text not null,
  name text not null,
  born date not null,
  sex text not null check (sex in ('female', 'male')),
  region_code text not null references registry.region,
  number_cipher bytea,
  registered_on date not null,
  died_on date check (died_on >= born)
);
create index person_region on registry.person (region_code);
create index person_number on registry.person (member_number);
-- Directories, distributed by the value looked up.
create table registry.number_directory (
  number_hash bytea primary key,
  person_id bigint not null
);
create table registry.member_directory (
  member_number text primary key,
  person_id bigint not null,
  -- An old or duplicate number: it leads to the person, who is known by another number now.
  alias boolean not null default false
);
create index member_directory_person on registry.member_directory (person_id);

create table registry.membership (
  person_id bigint not null references registry.person,
  ordinal smallint not null check (ordinal > 0),
  segment text not null,
  organisation_id bigint,
  -- Programmes chosen, in the pack's order and separated by commas; empty: those that the law makes compulsory.
  programmes text not null default '',
  -- What the law asks about this membership itself (occupation, citizenship …), by the pack's fact codes.
  facts jsonb not null default '{}',
  from_day date not null,
  -- The first day outside the membership: covered to the day of leaving, `until_day - 1`.
  until_day date check (until_day is null or until_day > from_day),
  end_reason text,
  -- The day the entry was accepted; cover of a worker added to a unit that already pays begins here.
  accepted_on date not null,
  -- Opening record for what lies before our history.
  opening_months smallint not null default 0,
  opening_savings bigint not null default 0,
  opening_act text,
  primary key (person_id, ordinal)
);
create index membership_organisation on registry.membership (organisation_id) where organisation_id is not null;
create table registry.arrangement (
  person_id bigint not null,
  ordinal smallint not null,
  from_day date not null,
  payer_id bigint not null,
  until_day date,
  primary key (person_id, ordinal, from_day),
  foreign key (person_id, ordinal) references registry.membership
);
create index arrangement_payer on registry.arrangement (payer_id);

-- Who may see what. Head office sees all; another office sees the districts it serves; a member himself; an organisation its own workers.
create function registry.sees_all() returns boolean language sql stable security definer set search_path = pg_catalog as
  $$ select exists (select from registry.office where office_id = platform.office() and kind = 'head') $$;
create function registry.served_districts() returns setof text language sql stable security definer set search_path = pg_catalog as
  $$ select region_code from registry.office_district where office_id = platform.office() and until_day is null $$;
create function registry.own_workers() returns setof bigint language sql stable security definer set search_path = pg_catalog as
  $$ select person_id from registry.membership where organisation_id = platform.organisation() and (until_day is null or until_day > platform.now()::date) $$;
-- An organisation sees the memberships that are its own, not what another employer reports of the same person.
create function registry.own_memberships() returns table (person_id bigint, ordinal smallint) language sql stable security definer set search_path = pg_catalog as
  $$ select person_id, ordinal from registry.membership where organisation_id = platform.organisation() $$;
-- A person and those whose numbers were merged into his: what stands under any of them is one person's. A person alone is himself.
create function registry.same_person(person bigint) returns setof bigint language sql stable rows 1 security definer set search_path = pg_catalog as $$
  select person union all
  select p.person_id from registry.member_directory d join registry.person p on p.member_number = d.member_number
  where d.person_id = person and d.alias and p.person_id <> person $$;
revoke all on function registry.same_person(bigint) from public;
grant execute on function registry.same_person(bigint) to payung_online, payung_run;
-- The same, whichever of the numbers is asked: also one that was merged away leads to all of them. Who bears the number in use comes first.
create function registry.persons_of_one(person bigint) returns setof bigint language sql stable rows 1 security definer set search_path = pg_catalog as $$
  select registry.same_person(coalesce(
    (select d.person_id from registry.person p join registry.member_directory d using (member_number) where p.person_id = person), person)) $$;
revoke all on function registry.persons_of_one(bigint) from public;
grant execute on function registry.persons_of_one(bigint) to payung_online, payung_run;
-- Whose memberships each number may name: first who was registered under it, then who bears it now, then whoever else is one with him. The order
-- does not ask who may be seen: a number means the same to everybody.
create function registry.persons_named(numbers text[]) returns table (member_number text, persons bigint[]) language sql stable security definer set search_path = pg_catalog as $$
  select d.member_number, array_agg(s.person_id order by s.person_id = u.person_id desc nulls last, s.person_id = d.person_id desc, s.person_id)
  from registry.member_directory d left join registry.person u on u.member_number = d.member_number
  cross join lateral registry.same_person(d.person_id) as s (person_id) where d.member_number = any (numbers) group by d.member_number $$;
revoke all on function registry.persons_named(text[]) from public;
grant execute on function registry.persons_named(text[]) to payung_online, payung_run;
-- Who asks, under whichever number he signed in: also one that was merged into another opens what stands under both, until that is undone.
create function registry.own_persons() returns setof bigint language sql stable rows 1 security definer set search_path = pg_catalog as $$
  select registry.persons_of_one(platform.person()) where platform.person() is not null $$;
revoke all on function registry.own_persons() from public;
grant execute on function registry.own_persons() to payung_online, payung_run;
alter policy trail_of_oneself on platform.access_trail using (person_id in (select registry.own_persons()));

create function registry.own_payers() returns setof bigint language sql stable security definer set search_path = pg_catalog as
  $$ select payer_id from registry.payer where person_id in (select registry.own_persons()) or organisation_id = platform.organisation() $$;
revoke all on function registry.sees_all(), registry.served_districts(), registry.own_workers(), registry.own_memberships(), registry.own_payers() from public;
grant execute on function registry.sees_all(), registry.served_districts(), registry.own_workers(), registry.own_memberships(), registry.own_payers() to payung_online;

alter table registry.person enable row level security;
alter table registry.person force row level security;
create policy run_all on registry.person to payung_run using (true) with check (true);
-- Row security binds the owner too; the doors (security definer) run as the owner and must be able to read.
create policy doors_read on registry.person for select to current_user using (true);
create policy online_sees on registry.person for select to payung_online using (
  (select registry.sees_all()) or person_id in (select registry.own_persons())
  or region_code in (select registry.served_districts()) or person_id in (select registry.own_workers()));
create policy online_changes on registry.person for update to payung_online using ((select platform.office()) is not null);
create policy online_adds on registry.person for insert to payung_online with check (
  (select platform.office()) is not null or (select platform.organisation()) is not null or person_id = (select platform.person()));

alter table registry.membership enable row level security;
alter table registry.membership force row level security;
create policy run_all on registry.membership to payung_run using (true) with check (true);
create policy doors_read on registry.membership for select to current_user using (true);
create policy online_sees on registry.membership for select to payung_online using (
  (select registry.sees_all()) or person_id in (select registry.own_persons()) or organisation_id = (select platform.organisation())
  or ((select platform.office()) is not null and person_id in (select person_id from registry.person)));
create policy online_changes on registry.membership for update to payung_online using ((select platform.office()) is not null);
create policy online_adds on registry.membership for insert to payung_online with check (
  (select platform.office()) is not null or organisation_id = (select platform.organisation()) or person_id = (select platform.person()));

-- Functions that answer for somebody else (own_workers, the public cover question) read as the owner, who otherwise only migrates.
create policy definer_reads on registry.membership for select to current_user using (true);

alter table registry.arrangement enable row level security;
alter table registry.arrangement force row level security;
create policy run_all on registry.arrangement to payung_run using (true) with check (true);
create policy online_sees on registry.arrangement for select to payung_online using (
  (select registry.sees_all()) or person_id in (select registry.own_persons()) or payer_id in (select registry.own_payers())
  or ((select platform.office()) is not null and person_id in (select person_id from registry.person)));
create policy online_changes on registry.arrangement for update to payung_online using ((select platform.office()) is not null);
create policy online_adds on registry.arrangement for insert to payung_online with check (
  (select platform.office()) is not null or payer_id in (select registry.own_payers()) or person_id = (select platform.person()));

-- What opening a membership must know of a person whom the office does not serve or who works elsewhere too: no name, no number.
create function registry.entry_facts(persons bigint[]) returns table (person_id bigint, born date, sex text, last_ordinal smallint, died_on date)
  language sql stable security definer set search_path = pg_catalog as $$
  select p.person_id, p.born, p.sex, (select coalesce(max(m.ordinal), 0::smallint) from registry.membership m where m.person_id = p.person_id),
    (select max(o.died_on) from registry.persons_of_one(p.person_id) as s (person_id) join registry.person o on o.person_id = s.person_id)
  from registry.person p where p.person_id = any (persons) $$;
-- Memberships under a merged number are the person's own: they count for what may stand beside them.
create function registry.entry_memberships(persons bigint[]) returns table (person_id bigint, segment text, organisation_id bigint, programmes text, from_day date, until_day date)
  language sql stable security definer set search_path = pg_catalog as $$
  select asked, m.segment, m.organisation_id, m.programmes, m.from_day, m.until_day
  from unnest(persons) as asked cross join lateral registry.persons_of_one(asked) as s (person_id) join registry.membership m on m.person_id = s.person_id $$;
revoke all on function registry.entry_facts(bigint[]), registry.entry_memberships(bigint[]) from public;
grant execute on function registry.entry_facts(bigint[]), registry.entry_memberships(bigint[]) to payung_online, payung_run;

grant select, insert on registry.person, registry.membership, registry.arrangement, registry.number_directory, registry.member_directory,
  registry.organisation, registry.organisation_fact, registry.payer to payung_online, payung_run;
grant update (until_day, end_reason) on registry.membership to payung_online, payung_run;
grant update (until_day) on registry.arrangement to payung_online, payung_run;
grant update (name, region_code, number_cipher, died_on) on registry.person to payung_online, payung_run;
-- Merging two numbers of one person points the directories to the one who stays.
grant update (person_id, alias) on registry.member_directory to payung_run;
grant update (person_id) on registry.number_directory to payung_run;
-- Money and arrangements of a payer are changed one at a time: its row is locked, which needs the right to update some column.
grant update (funding_code) on registry.payer to payung_online, payung_run;
grant usage on sequence registry.person_id, registry.organisation_id, registry.payer_id to payung_online, payung_run;
