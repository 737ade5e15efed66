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
  transfer_id bigint generated always as identity,
  amount bigint not null check (amount > 0),
  -- The bill, payment or contract it comes from, by reason.
  source_id bigint not null,
  reverses bigint,
  day date not null,
  month smallint not null,
  debit smallint not null references ledger.account,
  credit smallint not null references ledger.account,
  reason text not null,
  primary key (payer_id, transfer_id),
  check (debit <> credit)
);
create index transfer_month on ledger.transfer (month, reason);
create trigger append_only before update or delete or truncate on ledger.transfer for each statement execute function platform.refuse_change();

alter table ledger.transfer enable row level security;
alter table ledger.transfer force row level security;
create policy run_all on ledger.transfer to payung_run using (true) with check (true);
create policy online_sees on ledger.transfer to payung_online using ((select platform.office()) is not null or payer_id in (select registry.own_payers()));
create policy online_adds on ledger.transfer for insert to payung_online with check (true);

grant select on ledger.account to payung_online, payung_run, payung_public;
grant insert on ledger.account to payung_run;
grant select, insert on ledger.transfer to payung_online, payung_run;
