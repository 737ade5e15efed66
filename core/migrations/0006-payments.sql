-- Money in: payments by their natural key, payables that other rooms register, and the queue of money whose code names nobody.
create schema payments;
grant usage on schema payments to payung_online, payung_run;

-- The natural key (channel, day, external id) is permanent: the same payment told twice is booked once.
create table payments.payment (
  channel text not null,
  day date not null,
  external_id text not null,
  payment_id bigint generated always as identity unique,
  amount bigint not null check (amount > 0),
  code text not null,
  -- Null: the code names no payer; the money waits in the queue until someone allocates it.
  payer_id bigint,
  received_at timestamptz not null,
  -- Who sent it, where the channel tells it: encrypted, and a keyed hash that is equal for equal senders.
  sender bytea,
  sender_key bytea,
  primary key (channel, day, external_id),
  check ((sender is null) = (sender_key is null))
);
create index payment_payer on payments.payment (payer_id) where payer_id is not null;
create index payment_queue on payments.payment (payment_id) where payer_id is null;
create index payment_sender on payments.payment (sender_key) where sender_key is not null;
create table payments.allocation (
  payment_id bigint not null references payments.payment (payment_id),
  -- 0 for the first; money that was taken back from a wrong payer is allocated again (0011).
  turn smallint not null default 0,
  payer_id bigint not null,
  allocated_on date not null,
  reason text not null,
  primary key (payment_id, turn)
);
create table payments.payable (
  payer_id bigint not null,
  kind text not null,
  id bigint not null,
  -- The contribution month it is shown with.
  month smallint not null,
  order_day date not null,
  amount bigint not null check (amount >= 0),
  -- What is not asked of it any more: what is owed is `amount - countered`.
  countered bigint not null default 0 check (countered between 0 and amount),
  settled_on date,
  primary key (payer_id, kind, id)
);

create trigger append_only before update or delete or truncate on payments.payment for each statement execute function platform.refuse_change();
create trigger append_only before update or delete or truncate on payments.allocation for each statement execute function platform.refuse_change();

alter table payments.payment enable row level security;
alter table payments.payment force row level security;
alter table payments.allocation enable row level security;
alter table payments.allocation force row level security;
alter table payments.payable enable row level security;
alter table payments.payable force row level security;
create policy run_all on payments.payment to payung_run using (true) with check (true);
create policy run_all on payments.allocation to payung_run using (true) with check (true);
create policy run_all on payments.payable to payung_run using (true) with check (true);
create policy online_sees on payments.payment for select to payung_online using ((select platform.office()) is not null or payer_id in (select registry.own_payers()));
create policy online_adds on payments.payment for insert to payung_online with check ((select platform.office()) is not null);
create policy online_sees on payments.allocation for select to payung_online using ((select platform.office()) is not null or payer_id in (select registry.own_payers()));
create policy online_adds on payments.allocation for insert to payung_online with check ((select platform.office()) is not null);
create policy online_sees on payments.payable for select to payung_online using ((select platform.office()) is not null or payer_id in (select registry.own_payers()));
create policy online_adds on payments.payable for insert to payung_online with check ((select platform.office()) is not null);
create policy online_changes on payments.payable for update to payung_online using ((select platform.office()) is not null);
grant select, insert on payments.payment, payments.allocation, payments.payable to payung_online, payung_run;
grant update (settled_on, countered) on payments.payable to payung_online, payung_run;
