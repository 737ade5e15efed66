-- Money that names nobody, or several: who looks after it, and one payment that is given to several payers by proof.

-- Who took a queued payment to clear it up, latest last; null: it was let go.
create table payments.queue_taking (
  payment_id bigint not null references payments.payment (payment_id),
  nth smallint not null,
  owner bigint,
  taken_on date not null,
  primary key (payment_id, nth)
);
-- The parts of a payment that one request gives to several payers: together they are the payment. Its allocation names payer 0.
create table payments.request_part (
  request_id bigint not null references payments.request,
  nth smallint not null,
  payment_id bigint not null references payments.payment (payment_id),
  payer_id bigint not null,
  -- Null: it is the payer's money, for no bill by name; of each payer one part.
  bill_id bigint check (bill_id >> 20 = payer_id),
  amount bigint not null check (amount > 0),
  primary key (request_id, nth),
  unique nulls not distinct (request_id, payer_id, bill_id)
);
create index request_part_payment on payments.request_part (payment_id);
create trigger append_only before update or delete or truncate on payments.queue_taking for each statement execute function platform.refuse_change();
create trigger append_only before update or delete or truncate on payments.request_part for each statement execute function platform.refuse_change();

alter table payments.request_part enable row level security;
alter table payments.request_part force row level security;
create policy run_all on payments.request_part to payung_run using (true) with check (true);
create policy online_sees on payments.request_part for select to payung_online using ((select platform.office()) is not null or payer_id in (select registry.own_payers()));
create policy online_adds on payments.request_part for insert to payung_online with check ((select platform.office()) is not null);
alter table payments.queue_taking enable row level security;
alter table payments.queue_taking force row level security;
create policy run_all on payments.queue_taking to payung_run using (true) with check (true);
create policy online_sees on payments.queue_taking for select to payung_online using ((select platform.office()) is not null);
create policy online_adds on payments.queue_taking for insert to payung_online with check ((select platform.office()) is not null);
grant select, insert on payments.request_part, payments.queue_taking to payung_online, payung_run;

-- Employers that are closed: nobody is registered with them any more. One that was opened again (0018) has its next closing under the next number.
create table registry.closing (
  payer_id bigint not null references registry.payer,
  nth smallint not null check (nth > 0),
  ground text not null check (ground <> ''),
  evidence text not null check (evidence <> ''),
  closed_on date not null,
  primary key (payer_id, nth)
);
create trigger append_only before update or delete or truncate on registry.closing for each statement execute function platform.refuse_change();
alter table registry.closing enable row level security;
alter table registry.closing force row level security;
create policy run_all on registry.closing to payung_run using (true) with check (true);
create policy online_sees on registry.closing for select to payung_online using ((select platform.office()) is not null or payer_id in (select registry.own_payers()));
create policy online_adds on registry.closing for insert to payung_online with check ((select platform.office()) is not null);
grant select, insert on registry.closing to payung_online, payung_run;
