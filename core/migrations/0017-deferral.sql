-- What a relief deferred of a month's bills, and the instalments by which it is billed later (PP 49/2020). What is owed later is the one less
-- the other. Nothing of it is booked before it is billed.

-- What a bill defers of its month, by programme; below nothing where a correction, or the month assessed anew, defers less.
create table contributions.deferral (
  payer_id bigint not null,
  bill_id bigint not null check (bill_id >> 20 = payer_id),
  programme text not null,
  month smallint not null,
  amount bigint not null check (amount <> 0),
  noted_on date not null,
  primary key (payer_id, bill_id, programme)
);
-- What a bill of kind `deferred` asks of it, by programme and the month that was deferred; below nothing where more was billed than is deferred now.
create table contributions.deferral_instalment (
  payer_id bigint not null,
  bill_id bigint not null check (bill_id >> 20 = payer_id),
  programme text not null,
  month smallint not null,
  amount bigint not null check (amount <> 0),
  -- The day of the stage to which it belongs; a payer has one instalment a stage unless it asks for all.
  stage date not null,
  primary key (payer_id, bill_id, programme, month)
);

do $$
declare t text;
begin
  foreach t in array array['deferral', 'deferral_instalment'] loop
    execute format('create trigger append_only before update or delete or truncate on contributions.%I for each statement execute function platform.refuse_change()', t);
    execute format('alter table contributions.%I enable row level security', t);
    execute format('alter table contributions.%I force row level security', t);
    execute format('create policy run_all on contributions.%I to payung_run using (true) with check (true)', t);
    execute format('create policy online_sees on contributions.%I for select to payung_online using ((select platform.office()) is not null or payer_id in (select registry.own_payers()))', t);
    execute format('create policy online_adds on contributions.%I for insert to payung_online with check ((select platform.office()) is not null)', t);
    execute format('grant select on contributions.%I to payung_online, payung_run', t);
    execute format('grant insert on contributions.%I to payung_run', t);
  end loop;
end $$;
-- A bill is issued online too, and notes what it defers; instalments are billed by the run.
grant insert on contributions.deferral to payung_online;
drop policy online_adds on contributions.deferral_instalment;
