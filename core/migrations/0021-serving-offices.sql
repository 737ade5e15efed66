-- Which office serves whom. An office acts for and sees the payers at home in the districts that it or an office below it serves, and what
-- is theirs: bills, money, corrections, requests, payouts, letters. The head office serves all, and alone the State.

-- An office serves its own districts and those of the offices below it.
create view registry.served_district as
  select d.region_code, s.office_id
  from registry.office_district d
  join registry.office o using (office_id)
  left join registry.office above on above.office_id = o.parent_id
  join registry.office s on s.office_id in (o.office_id, o.parent_id, above.parent_id)
  where d.until_day is null;
grant select on registry.served_district to payung_online, payung_run;

create or replace function registry.served_districts() returns setof text language sql stable security definer set search_path = pg_catalog as
  $$ select region_code from registry.served_district where office_id = platform.office() $$;

-- Row security asks this for every statement on money: a plan that is kept is many times cheaper than one made each time.
create or replace function registry.sees_all() returns boolean language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  return exists (select from registry.office where office_id = platform.office() and kind = 'head');
end $$;

create function registry.serves_payer(office bigint, payer bigint) returns boolean language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  return exists (select from registry.office o where o.office_id = office and o.kind = 'head')
    or exists (select from registry.payer p join registry.organisation n using (organisation_id) join registry.served_district d using (region_code)
               where p.payer_id = payer and p.kind <> 'state' and d.office_id = office)
    or exists (select from registry.payer p join registry.person n using (person_id) join registry.served_district d using (region_code)
               where p.payer_id = payer and d.office_id = office);
end $$;
create function registry.serves_person(office bigint, person bigint) returns boolean language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  return exists (select from registry.office o where o.office_id = office and o.kind = 'head')
    or exists (select from registry.person n join registry.served_district d using (region_code) where n.person_id = person and d.office_id = office);
end $$;
revoke all on function registry.serves_payer(bigint, bigint), registry.serves_person(bigint, bigint) from public;
grant execute on function registry.serves_payer(bigint, bigint), registry.serves_person(bigint, bigint) to payung_online, payung_run;

-- Until here any office saw the rows of any payer. Every such policy asks the rule now: who reads, adds or changes rows of a payer serves it.
do $$
declare
  p record;
  serves text;
begin
  for p in
    select s.schemaname, s.tablename, array(select w.policyname::text from pg_policies w
             where w.schemaname = s.schemaname and w.tablename = s.tablename and w.policyname in ('online_adds', 'online_changes')) as writing
    from pg_policies s join information_schema.columns c on c.table_schema = s.schemaname and c.table_name = s.tablename and c.column_name = 'payer_id'
    where s.policyname = 'online_sees' and s.qual like '%office() AS office) IS NOT NULL) OR (payer_id IN ( SELECT registry.own_payers()%' and s.qual not like '%sees_all%'
  loop
    serves := '(select registry.sees_all()) or registry.serves_payer((select platform.office()), payer_id)';
    execute format('alter policy online_sees on %I.%I using (%s or payer_id in (select registry.own_payers()))', p.schemaname, p.tablename, serves);
    if 'online_adds' = any (p.writing) then
      execute format('alter policy online_adds on %I.%I with check (%s)', p.schemaname, p.tablename, serves);
    end if;
    if 'online_changes' = any (p.writing) then
      execute format('alter policy online_changes on %I.%I using (%s)', p.schemaname, p.tablename, serves);
    end if;
  end loop;
  foreach serves in array array['letter', 'telling', 'letter_code'] loop
    execute format('alter policy online_sees on notices.%I using ((select registry.sees_all())
      or person_id in (select registry.own_persons()) or payer_id in (select registry.own_payers())
      or ((select platform.office()) is not null and (registry.serves_payer((select platform.office()), payer_id) or person_id in (select person_id from registry.person))))', serves);
  end loop;
end $$;

-- Money that nobody holds waits in the queue of the whole scheme, and so does what was asked about it.
alter policy online_sees on payments.request using ((select registry.sees_all()) or registry.serves_payer((select platform.office()), payer_id)
  or (payer_id = 0 and (select platform.office()) is not null) or payer_id in (select registry.own_payers()));

-- The level of whoever took a queued payment: a higher one may take it over. Null: it was let go, or went back to the queue.
alter table payments.queue_taking add column level text check (level in ('officer', 'branch', 'regional', 'head'));

-- When a payer was told of money that is too much, which offers to set it off against the next months. It is paid back when he refuses that.
create table payments.offset_offer (
  payer_id bigint not null references registry.payer,
  letter_id bigint not null,
  told_on date not null,
  primary key (payer_id, letter_id)
);
create trigger append_only before update or delete or truncate on payments.offset_offer for each statement execute function platform.refuse_change();
alter table payments.offset_offer enable row level security;
alter table payments.offset_offer force row level security;
create policy run_all on payments.offset_offer to payung_run using (true) with check (true);
create policy online_sees on payments.offset_offer for select to payung_online using ((select registry.sees_all())
  or registry.serves_payer((select platform.office()), payer_id) or payer_id in (select registry.own_payers()));
grant select on payments.offset_offer to payung_online;
grant select, insert on payments.offset_offer to payung_run;
