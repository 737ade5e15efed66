-- What bills came to after they were issued, without being edited: how much a later bill below nothing (a correction, late law) took off each
-- bill of its month. What should have been paid of a bill is its amount less what was split from it and less its reductions; a late fine is
-- computed on that (PP 44/2015 art 22), and what was written off already is not given back, because nobody paid it.
create table contributions.reduction (
  payer_id bigint not null,
  bill_id bigint not null,
  difference_id bigint not null,
  amount bigint not null check (amount > 0),
  -- Of the amount, what had been written off; and what had been fined too much, which goes back with it.
  written_off bigint not null check (written_off between 0 and amount),
  fine bigint not null check (fine >= 0),
  primary key (payer_id, bill_id, difference_id)
);
create trigger append_only before update or delete or truncate on contributions.reduction for each statement execute function platform.refuse_change();
alter table contributions.reduction enable row level security;
alter table contributions.reduction force row level security;
create policy run_all on contributions.reduction to payung_run using (true) with check (true);
create policy online_sees on contributions.reduction for select to payung_online using ((select platform.office()) is not null or payer_id in (select registry.own_payers()));
create policy online_adds on contributions.reduction for insert to payung_online with check ((select platform.office()) is not null);
grant select, insert on contributions.reduction to payung_online, payung_run;

-- On which day a bill was held to be paid until money that paid it went back: what was known on an earlier day stays answerable.
create table contributions.paid_change (
  payer_id bigint not null,
  change_id bigint generated always as identity,
  bill_id bigint not null,
  was_paid_on date not null,
  changed_on date not null,
  primary key (payer_id, change_id)
);
create trigger append_only before update or delete or truncate on contributions.paid_change for each statement execute function platform.refuse_change();
alter table contributions.paid_change enable row level security;
alter table contributions.paid_change force row level security;
create policy run_all on contributions.paid_change to payung_run using (true) with check (true);
create policy online_sees on contributions.paid_change for select to payung_online using ((select platform.office()) is not null or payer_id in (select registry.own_payers()));
create policy online_adds on contributions.paid_change for insert to payung_online with check ((select platform.office()) is not null);
grant select, insert on contributions.paid_change to payung_online, payung_run;
