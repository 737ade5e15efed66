-- Money: accounts made from the pack, and transfers that name a debit, a credit and an amount. Nothing here is ever changed.
create schema ledger;
grant usage on schema ledger to payung_online, payung_run, payung_public;

create table ledger.account (
  account smallint primary key,
  code text not null unique,
  kind text not null check (kind in ('asset', 'liability', 'fund', 'income')),
  -- The fund of the pack that the account belongs to; empty for the scheme's own accounts.
  fund text not null default '',
  -- Whether balances are kept per payer.
  per_payer boolean not null default false,
  labels jsonb not null
);
create table ledger.transfer (
  payer_id bigint not null,
  transfer_id bigint generated always as identity (cache 64),
  amount bigint not null check (amount > 0),
  -- The bill, payment or contract it comes from, by reason.
  source_id bigint not null,
  reverses bigint,
  day date not null,
  month smallint not null,
  -- Numbers of ledger.account. No foreign keys: they are looked up by code when a transfer is written, and accounts are never taken away.
  debit smallint not null,
  credit smallint not null,
  reason text not null,
  -- Whether it moves money that we hold for a payer (an account kept per payer that is a liability).
  of_money boolean not null,
  primary key (payer_id, transfer_id),
  check (debit <> credit)
);
-- A transfer is taken back at most once.
create unique index transfer_reversal on ledger.transfer (payer_id, reverses) where reverses is not null;
-- What a payer has with us is found without reading all that it was ever billed.
create index transfer_money on ledger.transfer (payer_id) where of_money;
-- Transfers are written in the order of time: a summary of ranges finds a month, and costs nothing to keep.
create index transfer_month on ledger.transfer using brin (month) with (pages_per_range = 32);
create trigger append_only before update or delete or truncate on ledger.transfer for each statement execute function platform.refuse_change();

alter table ledger.transfer enable row level security;
alter table ledger.transfer force row level security;
create policy run_all on ledger.transfer to payung_run using (true) with check (true);
create policy online_sees on ledger.transfer for select to payung_online using ((select platform.office()) is not null or payer_id in (select registry.own_payers()));
create policy online_adds on ledger.transfer for insert to payung_online with check ((select platform.office()) is not null);

-- What stands on the accounts kept per payer, and the day on which it last grew: a receivable grows by debits, credit and trust by credits.
create view ledger.payer_balance with (security_invoker) as
  select t.payer_id, a.code, (sum(case when s.debited = (a.kind = 'asset') then t.amount else -t.amount end))::bigint as balance,
    max(t.day) filter (where s.debited = (a.kind = 'asset')) as grew_on
  from (
    -- A payer has few pairs of accounts and a long history: it is summed before accounts are looked at.
    select payer_id, debit, credit, sum(amount) as amount, max(day) as day from ledger.transfer where payer_id <> 0 group by payer_id, debit, credit
  ) t
  cross join unnest(array[t.debit, t.credit], array[true, false]) s (account, debited)
  join ledger.account a on a.account = s.account and a.per_payer
  group by t.payer_id, a.code;
grant select on ledger.payer_balance to payung_online, payung_run;

grant select on ledger.account to payung_online, payung_run, payung_public;
grant insert on ledger.account to payung_run;
grant select, insert on ledger.transfer to payung_online, payung_run;
