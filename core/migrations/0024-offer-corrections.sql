-- Corrections whose bill is paid with money that is taken online (a bank's file, a counter): whoever takes it for an office finishes them, and
-- changes nothing else of them.
create policy online_finishes on contributions.correction for update to payung_online using ((select platform.office()) is not null and state = 'approved') with check (state = 'done');
grant update (state, done_on) on contributions.correction to payung_online;

-- The number of the next bill of payers for a month: of the month's own as long as there is one, then running (0013), so that no bill takes a
-- number of another month. Who has no number left at all is not told. Whoever asks holds the payers until the number is used.
create function contributions.next_of_month(payers bigint[], of_month smallint) returns table (payer_id bigint, n integer) language sql stable as $$
  select p.payer_id, t.n
  from unnest(payers) as p (payer_id)
  cross join lateral (select (max(b.bill_id) & 1048575)::integer as n from contributions.bill b
    where b.payer_id = p.payer_id and b.bill_id >= (p.payer_id << 20) + (of_month - 24000) * 32 and b.bill_id < (p.payer_id << 20) + (of_month - 23999) * 32) l
  cross join lateral (select case when l.n is null then (of_month - 24000) * 32 when l.n % 32 < 31 then l.n + 1 else (select r.n from contributions.next_running(array[p.payer_id]) r) end as n) t
  where t.n < 1048576
$$;
