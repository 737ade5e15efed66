-- What every room stands on: settings, the clock, idempotency, the event log, the access trail, progress of set work; and who acts.

grant usage on schema platform to payung_online, payung_run, payung_public, payung_seal;
revoke all on schema public from public;

-- Who is acting: set for one transaction by the program, read once per statement by row security as a scalar sub-select.
create function platform.actor() returns bigint language sql stable parallel safe
  return nullif(current_setting('payung.actor', true), '')::bigint;
create function platform.person() returns bigint language sql stable parallel safe
  return nullif(current_setting('payung.person', true), '')::bigint;
create function platform.organisation() returns bigint language sql stable parallel safe
  return nullif(current_setting('payung.organisation', true), '')::bigint;
create function platform.office() returns bigint language sql stable parallel safe
  return nullif(current_setting('payung.office', true), '')::bigint;

-- The sum of whole numbers as a whole number: it fails when it grows too large, and workers of a parallel query hand it on as it is.
create aggregate platform.total (bigint) (sfunc = int8pl, stype = bigint, combinefunc = int8pl, parallel = safe);

-- The one kind of trigger we have: it refuses what grants cannot refuse, a change by the owner.
create function platform.refuse_change() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception '% on %.% is refused: its rows are never changed; a correction is a new row', tg_op, tg_table_schema, tg_table_name using errcode = 'PA001';
end $$;

create table platform.setting (
  key text primary key,
  value jsonb not null,
  at timestamptz not null default now()
);
grant select on platform.setting to payung_online, payung_run, payung_public, payung_seal;
grant insert, update, delete on platform.setting to payung_run;

-- The clock. A demonstration's clock runs as the real one does, so far ahead of it (or behind).
create table platform.clock (
  one boolean primary key default true check (one),
  demonstration boolean not null default false,
  ahead interval not null default '0'
);
insert into platform.clock default values;
grant select on platform.clock to payung_online, payung_run, payung_public, payung_seal;
grant update on platform.clock to payung_run;

create function platform.now() returns timestamptz language sql stable
  return (select case when demonstration then now() + ahead else now() end from platform.clock);

-- A command that was done: the same key with the same request gets the same reply for 35 days.
create table platform.command (
  actor bigint not null,
  key text not null check (length(key) between 1 and 200),
  day date not null default (now() at time zone 'UTC')::date,
  digest bytea not null,
  reply jsonb,
  at timestamptz not null default now(),
  primary key (actor, key, day)
) partition by range (day);
create table platform.command_rest partition of platform.command default;
grant select, insert on platform.command to payung_online, payung_run, payung_seal;
-- A reply may hold what only its actor may see. Partitions are reached through this table alone.
alter table platform.command enable row level security;
alter table platform.command force row level security;
create policy own_commands on platform.command to payung_online, payung_run, payung_seal using (actor = (select platform.actor())) with check (actor = (select platform.actor()));

-- Opens the partition of one day; rows that came before it was open move into it.
create function platform.open_command_day(day date) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare
  name text := 'command_' || to_char(open_command_day.day, 'YYYYMMDD');
begin
  if to_regclass('platform.' || name) is not null then
    return false;
  end if;
  execute format('create table platform.%I (like platform.command including all)', name);
  execute format('with moved as (delete from platform.command_rest where day = %L returning *) insert into platform.%I select * from moved', open_command_day.day, name);
  execute format('alter table platform.command attach partition platform.%I for values from (%L) to (%L)', name, open_command_day.day, open_command_day.day + 1);
  return true;
end $$;

-- Lets go of the days before one day, and says how many went.
create function platform.close_command_days(before date) returns integer language plpgsql security definer set search_path = pg_catalog as $$
declare
  name text;
  gone integer := 0;
begin
  if before > current_date - 35 then
    raise exception 'commands are kept for 35 days' using errcode = 'PA002';
  end if;
  for name in
    select relname from pg_class where relnamespace = 'platform'::regnamespace and relname ~ '^command_\d{8}$' and to_date(substr(relname, 9), 'YYYYMMDD') < before order by relname
  loop
    execute format('drop table platform.%I', name);
    gone := gone + 1;
  end loop;
  delete from platform.command_rest where day < before;
  return gone;
end $$;
revoke all on function platform.open_command_day(date), platform.close_command_days(date) from public;
grant execute on function platform.open_command_day(date), platform.close_command_days(date) to payung_run;

-- What happened, in the past tense: one row per act, one per chunk of set work. `at` is the clock's, `recorded` the machine's.
create table platform.event (
  event_id bigint generated always as identity primary key,
  at timestamptz not null,
  recorded timestamptz not null default now(),
  kind text not null,
  room text not null,
  subject text not null,
  actor bigint not null,
  payload jsonb not null
);
create index event_by_subject on platform.event (subject, event_id);
create index event_by_kind on platform.event (kind, event_id);
create trigger event_append_only before update or delete or truncate on platform.event for each statement execute function platform.refuse_change();
grant insert on platform.event to payung_online, payung_run, payung_seal;
grant select on platform.event to payung_run, payung_seal;

-- Who looked at whose data. The person it is about may read it; nobody may change it.
create table platform.access_trail (
  trail_id bigint generated always as identity primary key,
  at timestamptz not null,
  actor bigint not null,
  person_id bigint,
  view text not null,
  why text not null,
  detail jsonb not null default '{}'
);
create index access_trail_by_person on platform.access_trail (person_id, trail_id);
create trigger access_trail_append_only before update or delete or truncate on platform.access_trail for each statement execute function platform.refuse_change();
alter table platform.access_trail enable row level security;
alter table platform.access_trail force row level security;
create policy trail_written on platform.access_trail for insert to payung_online, payung_run with check (true);
create policy trail_of_oneself on platform.access_trail for select to payung_online using (person_id = (select platform.person()));
create policy trail_for_set_work on platform.access_trail for select to payung_run using (true);
grant select, insert on platform.access_trail to payung_online, payung_run;

-- How far set work is: a step that is done is not done again.
create table platform.progress (
  work text not null,
  step text not null,
  state text not null check (state in ('begun', 'done')),
  done bigint not null default 0,
  total bigint,
  result jsonb,
  begun timestamptz not null default now(),
  ended timestamptz,
  primary key (work, step)
);
grant select, insert, update, delete on platform.progress to payung_run;
grant select, insert, update, delete on platform.progress to payung_seal;
grant select on platform.progress to payung_online;

-- Which daily work has run for which day of the clock.
create table platform.daily_run (
  day date not null,
  name text not null,
  at timestamptz not null default now(),
  primary key (day, name)
);
grant select, insert on platform.daily_run to payung_run;

-- The only way to the job queue for a transaction: the roles have no right on its schema.
create function platform.enqueue(task text, payload json, run_at timestamptz default null, job_key text default null) returns void
  language sql security definer set search_path = pg_catalog
  as $$ select graphile_worker.add_job(identifier => task, payload => payload, run_at => run_at, job_key => job_key) $$;
revoke all on function platform.enqueue(text, json, timestamptz, text) from public;
grant execute on function platform.enqueue(text, json, timestamptz, text) to payung_online, payung_run, payung_seal;

-- Who may act: staff, members, organisations, partners, and the system itself.
create schema identity;
grant usage on schema identity to payung_online, payung_run;

create table identity.actor (
  actor_id bigint generated always as identity primary key,
  kind text not null check (kind in ('staff', 'member', 'organisation', 'partner', 'system')),
  name text not null check (length(name) between 1 and 200),
  person_id bigint,
  organisation_id bigint,
  office_id bigint,
  role text not null default '',
  active boolean not null default true,
  created timestamptz not null default now(),
  check (kind <> 'member' or person_id is not null),
  check (kind <> 'organisation' or organisation_id is not null)
);
create unique index actor_of_person on identity.actor (person_id) where kind = 'member';

create table identity.token (
  token_id bigint generated always as identity primary key,
  actor_id bigint not null references identity.actor,
  hash bytea not null unique check (length(hash) = 32),
  label text not null default '',
  created timestamptz not null default now(),
  revoked timestamptz,
  last_used date
);
create index token_of_actor on identity.token (actor_id);

grant select, insert on identity.actor, identity.token to payung_run;
grant update (active, role, name, office_id) on identity.actor to payung_run;
grant update (revoked, last_used) on identity.token to payung_run;

-- The door: a token's hash in, the actor out. The serving role sees no table of tokens.
create function identity.actor_of_token(hash bytea) returns table (actor_id bigint, kind text, name text, person_id bigint, organisation_id bigint, office_id bigint, role text)
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  today date := (now() at time zone 'UTC')::date;
begin
  update identity.token t set last_used = today where t.hash = actor_of_token.hash and t.revoked is null and t.last_used is distinct from today;
  return query
    select a.actor_id, a.kind, a.name, a.person_id, a.organisation_id, a.office_id, a.role
    from identity.token t join identity.actor a using (actor_id)
    where t.hash = actor_of_token.hash and t.revoked is null and a.active;
end $$;
revoke all on function identity.actor_of_token(bytea) from public;
grant execute on function identity.actor_of_token(bytea) to payung_online;

insert into identity.actor (kind, name, role) values ('system', 'Payung', 'system');
