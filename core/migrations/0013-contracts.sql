-- What an addendum changed of a premium contract: the terms as they are from then on (PP 44/2015 art 53–55, Perdir 22/2022; Permenaker 4/2023
-- art 18). The contract itself stays as it was first registered; what it costs more or less is a part of its premium.
create table contributions.addendum (
  payer_id bigint not null,
  contract_id bigint not null check (contract_id >> 20 = payer_id),
  nth smallint not null,
  from_day date not null,
  until_day date not null check (until_day > from_day),
  facts jsonb not null,
  -- The difference to what was owed before; below nothing where it gives back.
  employer bigint not null,
  worker bigint not null,
  reason text not null,
  entries text[] not null,
  made_on date not null,
  primary key (payer_id, contract_id, nth)
);
alter table contributions.addendum enable row level security;
alter table contributions.addendum force row level security;
create policy run_all on contributions.addendum to payung_run using (true) with check (true);
create policy online_sees on contributions.addendum for select to payung_online using ((select platform.office()) is not null or payer_id in (select registry.own_payers()));
create trigger append_only before update or delete or truncate on contributions.addendum for each statement execute function platform.refuse_change();
grant select on contributions.addendum to payung_online, payung_run;
grant insert on contributions.addendum to payung_run;

-- What anybody may ask about the number of a certificate: whether it is in force, which project it is of, and for which days. It is in force as
-- long as a part that covers days is paid; a payment that was taken back stands in the ledger, with its day. Of a contract that a person
-- pays for, neither a name nor a payer is told.
create policy definer_reads on contributions.premium_contract for select to current_user using (true);
create policy definer_reads on contributions.addendum for select to current_user using (true);
create policy definer_reads on ledger.transfer for select to current_user using (true);
create function contributions.public_certificate(asked bigint)
returns table (segment text, name text, payer text, from_day date, until_day date, codes text[], paid_on date, revoked_on date, addenda integer, amended_on date)
language sql stable security definer set search_path = pg_catalog as $$
  with cover as (
    select p.bill_id, p.amounts, b.paid_on from contributions.premium_part p
    join contributions.bill b on b.payer_id = p.payer_id and b.bill_id = p.bill_id
    where p.payer_id = asked >> 20 and p.contract_id = asked and p.from_day is not null
  )
  select c.segment, case when o.name is not null then c.name end, o.name, coalesce(a.from_day, c.from_day), coalesce(a.until_day, c.until_day),
    array(select distinct k from cover v cross join lateral jsonb_object_keys(v.amounts) k order by k),
    (select min(v.paid_on) from cover v),
    (select max(t.day) from ledger.transfer t where t.payer_id = asked >> 20 and t.reason in ('bill-settled', 'premium') and t.reverses is not null
       and t.source_id in (select v.bill_id from cover v)),
    coalesce(a.nth, 0)::integer, a.made_on
  from contributions.premium_contract c join registry.payer y on y.payer_id = c.payer_id
  left join registry.organisation o on o.organisation_id = y.organisation_id
  left join lateral (select d.* from contributions.addendum d where d.payer_id = c.payer_id and d.contract_id = c.contract_id order by d.nth desc limit 1) a on true
  where c.payer_id = asked >> 20 and c.contract_id = asked
$$;
revoke all on function contributions.public_certificate(bigint) from public;
grant execute on function contributions.public_certificate(bigint) to payung_public;

-- The next running number of payers, for every bill that is not numbered within its month: parts of contracts, also those that have no bill
-- yet, instalments of what was deferred, and the State's further bills. Whoever asks holds the payers until the number is used.
create function contributions.next_running(payers bigint[]) returns table (payer_id bigint, n integer) language sql stable parallel safe as $$
  select p.payer_id, (greatest(
      (select max(b.bill_id) from contributions.bill b where b.payer_id = p.payer_id and b.bill_id >= (p.payer_id << 20) + 524288),
      (select max(c.bill_id) from contributions.premium_part c where c.payer_id = p.payer_id),
      (p.payer_id << 20) + 524287) & 1048575)::integer + 1
  from unnest(payers) as p (payer_id)
$$;
