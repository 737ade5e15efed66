-- What happens to a membership between its first day and its last: endings and what takes them back, and savings that were claimed.

-- Each deed about a membership that exists, in the order it was told: an ending, one taken back, a move to another segment, a death.
create table registry.membership_deed (
  person_id bigint not null,
  ordinal smallint not null,
  deed_id bigint generated always as identity,
  deed text not null check (deed in ('ended', 'taken-back', 'moved', 'died')),
  -- The first day outside the membership that the deed is about.
  day date not null,
  reason text not null,
  told_on date not null,
  actor bigint not null,
  primary key (person_id, ordinal, deed_id)
);
create trigger membership_deed_append_only before update or delete or truncate on registry.membership_deed for each statement execute function platform.refuse_change();

-- Whose savings were paid out before the end of working life: a membership that lapses then is inactive, and not ended (Perdir 22/2022).
create table contributions.savings_claim (
  person_id bigint not null,
  claimed_on date not null,
  evidence text not null,
  told_on date not null,
  actor bigint not null,
  primary key (person_id, claimed_on)
);
create trigger savings_claim_append_only before update or delete or truncate on contributions.savings_claim for each statement execute function platform.refuse_change();

do $$
declare t text;
begin
  foreach t in array array['registry.membership_deed', 'contributions.savings_claim'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy run_all on %s to payung_run using (true) with check (true)', t);
    execute format('create policy online_adds on %s for insert to payung_online with check ((select platform.office()) is not null)', t);
    execute format('grant select, insert on %s to payung_online, payung_run', t);
  end loop;
end $$;
create policy online_sees on registry.membership_deed for select to payung_online using (
  (select registry.sees_all()) or person_id = (select platform.person())
  or (person_id, ordinal) in (select o.person_id, o.ordinal from registry.own_memberships() o)
  or ((select platform.office()) is not null and person_id in (select person_id from registry.person)));
-- What somebody has saved and claimed is nothing that an employer is told.
create policy online_sees on contributions.savings_claim for select to payung_online using (
  (select registry.sees_all()) or person_id = (select platform.person())
  or ((select platform.office()) is not null and person_id in (select person_id from registry.person)));
