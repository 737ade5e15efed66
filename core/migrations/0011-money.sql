-- Money that goes back: requests that one person makes and another decides, reversals of payments, payouts, and bills that are written off.

-- One person asks, another decides; deciding does what was asked, in the same transaction.
create table payments.request (
  request_id bigint generated always as identity primary key,
  kind text not null check (kind in ('reversal', 'refund', 'return', 'parts', 'write-off', 'fine-waiver', 'closing', 'reopening')),
  -- Whose money or debt it is; 0: money that waits in the queue.
  payer_id bigint not null,
  payment_id bigint,
  bill_id bigint check (bill_id >> 20 = payer_id),
  amount bigint not null check (amount > 0 or kind = 'closing' or (kind = 'reopening' and amount = 0)),
  -- Why, by a word that the law or we know, and the paper it rests on.
  ground text not null check (ground <> ''),
  evidence text not null check (evidence <> ''),
  -- What else it names: the right payer, the bank account.
  detail jsonb not null default '{}',
  state text not null default 'asked' check (state in ('asked', 'approved', 'refused')),
  asked_by bigint not null,
  asked_on date not null,
  decided_by bigint check (decided_by <> asked_by),
  decided_on date,
  decided_why text,
  check ((state = 'asked') = (decided_by is null))
);
create index request_open on payments.request (request_id) where state = 'asked';
create index request_payer on payments.request (payer_id);

-- Who holds a payment is told in turns: the payer whom its code names, or the first allocation, is turn 0; money taken from the wrong
-- payer goes back to the queue, and the next allocation is the next turn. A recall ends it: the bank took the money back; so does sending it back to whoever sent it.
create table payments.reversal (
  payment_id bigint not null references payments.payment (payment_id),
  turn smallint not null,
  kind text not null check (kind in ('recall', 'wrong-payer', 'returned')),
  -- From whom it was taken; 0: from the queue.
  payer_id bigint not null,
  amount bigint not null check (amount > 0),
  request_id bigint not null unique references payments.request,
  reversed_on date not null,
  primary key (payment_id, turn)
);
create index reversal_payer on payments.reversal (payer_id);
create trigger append_only before update or delete or truncate on payments.reversal for each statement execute function platform.refuse_change();

create view payments.holder with (security_invoker) as
  select p.payment_id, n.turn, case when not n.recalled then coalesce(a.payer_id, case when n.turn = 0 then p.payer_id end) end as held_by, n.recalled
  from payments.payment p
  cross join lateral (
    select (count(*) filter (where r.kind = 'wrong-payer'))::smallint as turn, coalesce(bool_or(r.kind in ('recall', 'returned')), false) as recalled
    from payments.reversal r where r.payment_id = p.payment_id
  ) n
  left join payments.allocation a on a.payment_id = p.payment_id and a.turn = n.turn;

do $$
declare t text;
begin
  foreach t in array array['request', 'reversal'] loop
    execute format('alter table payments.%I enable row level security', t);
    execute format('alter table payments.%I force row level security', t);
    execute format('create policy run_all on payments.%I to payung_run using (true) with check (true)', t);
    execute format('create policy online_sees on payments.%I for select to payung_online using ((select platform.office()) is not null or payer_id in (select registry.own_payers()))', t);
    execute format('create policy online_adds on payments.%I for insert to payung_online with check ((select platform.office()) is not null)', t);
  end loop;
end $$;
create policy online_changes on payments.request for update to payung_online using ((select platform.office()) is not null);
grant select, insert on payments.request, payments.reversal to payung_online, payung_run;
grant update (state, decided_by, decided_on, decided_why) on payments.request to payung_online, payung_run;
grant select on payments.holder to payung_online, payung_run;

-- Months that a payment had paid and that are taken back: what was derived from it goes, the contributions are reversed by entries of their own.
create policy online_takes_back on contributions.paid_span for delete to payung_online using ((select platform.office()) is not null);
create policy online_takes_back on contributions.cover_period for delete to payung_online using ((select platform.office()) is not null);
grant delete on contributions.paid_span, contributions.cover_period to payung_online, payung_run;

-- Money on its way out: ordered when a refund is approved, paid when the bank says so.
create table payments.payout_order (
  order_id bigint generated always as identity primary key,
  payer_id bigint not null,
  request_id bigint not null unique references payments.request,
  amount bigint not null check (amount > 0),
  bank text not null check (bank <> ''),
  account text not null check (account <> ''),
  holder text not null check (holder <> ''),
  state text not null default 'ordered' check (state in ('ordered', 'paid')),
  ordered_on date not null,
  paid_on date,
  -- The bank's own reference of what it paid.
  reference text,
  check ((state = 'paid') = (paid_on is not null and reference is not null))
);
create index payout_order_payer on payments.payout_order (payer_id);
create index payout_order_open on payments.payout_order (order_id) where state = 'ordered';
alter table payments.payout_order enable row level security;
alter table payments.payout_order force row level security;
create policy run_all on payments.payout_order to payung_run using (true) with check (true);
create policy online_sees on payments.payout_order for select to payung_online using ((select platform.office()) is not null or payer_id in (select registry.own_payers()));
create policy online_adds on payments.payout_order for insert to payung_online with check ((select platform.office()) is not null);
create policy online_changes on payments.payout_order for update to payung_online using ((select platform.office()) is not null);
grant select, insert on payments.payout_order to payung_online, payung_run;
grant update (state, paid_on, reference) on payments.payout_order to payung_online, payung_run;
