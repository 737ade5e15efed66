-- Cover on a day, derived: one row for each membership and programme. The same rule in TypeScript is contributions/domain/cover.ts;
-- a property holds the two equal. The rule's rows (grace, what follows, limits) come from the pack.

-- What one payer of receivables owes on a day: the longest run of consecutive months whose due day has passed unpaid.
-- `payers` null asks about all. Nested loops are off in these functions: before statistics exist the planner takes thousands of rows for one.
create function contributions.arrears_on(on_day date, payers bigint[] default null)
returns table (payer_id bigint, run_months integer, run_due date[], first_due date, paid_until smallint, ever_paid boolean)
language sql stable parallel safe set enable_nestloop = off as $$
  with b as materialized (
    select b.payer_id, b.month, min(b.due) as due,
      bool_or(b.due < on_day and (b.paid_on is null or b.paid_on > on_day)) as overdue,
      bool_or(b.paid_on is null or b.paid_on > on_day) as unpaid
    from contributions.bill b
    where b.kind in ('month', 'supplement') and b.issued_on <= on_day and b.total > 0 and (payers is null or b.payer_id = any (payers))
    group by b.payer_id, b.month
  ), island as (
    select b.payer_id, b.month, b.due, b.month - row_number() over (partition by b.payer_id order by b.month) as run from b where b.overdue
  ), run as (
    select i.payer_id, count(*)::integer as months, array_agg(i.due order by i.month) as dues, row_number() over (partition by i.payer_id order by count(*) desc, min(i.month) desc) as place
    from island i group by i.payer_id, i.run
  ), paid as (
    select b.payer_id, min(b.month) filter (where b.unpaid) as first_unpaid, max(b.month) as last_month, bool_or(not b.unpaid) as ever_paid, min(b.due) filter (where b.overdue) as first_due
    from b group by b.payer_id
  )
  select p.payer_id, coalesce(r.months, 0), coalesce(r.dues, '{}'), p.first_due, coalesce(p.first_unpaid - 1, p.last_month)::smallint, p.ever_paid
  from paid p left join run r on r.payer_id = p.payer_id and r.place = 1
$$;

-- The same for each membership that was taken to another bill by then: the bill that carries him counts, not the one that he was taken from.
create function contributions.split_arrears_on(on_day date, persons bigint[] default null)
returns table (person_id bigint, ordinal smallint, payer_id bigint, run_months integer, run_due date[], first_due date, paid_until smallint)
language sql stable set enable_nestloop = off as $$
  with moved as materialized (
    select m.* from contributions.split_member m where m.split_on <= on_day and (persons is null or m.person_id = any (persons))
  ), carried as (
    select w.person_id, w.ordinal, b.payer_id, b.bill_id, b.month, b.due, b.paid_on
    from (select distinct m.person_id, m.ordinal, m.payer_id from moved m) w
    join contributions.bill b on b.payer_id = w.payer_id and b.kind in ('month', 'supplement') and b.issued_on <= on_day and b.total > 0
    union all
    select m.person_id, m.ordinal, b.payer_id, b.bill_id, b.month, b.due, b.paid_on
    from moved m join contributions.bill b on b.payer_id = m.payer_id and b.bill_id = m.split_bill_id
  ), b as materialized (
    select c.person_id, c.ordinal, c.payer_id, c.month, min(c.due) as due,
      bool_or(c.due < on_day and (c.paid_on is null or c.paid_on > on_day)) as overdue,
      bool_or(c.paid_on is null or c.paid_on > on_day) as unpaid
    from carried c left join moved m on m.person_id = c.person_id and m.ordinal = c.ordinal and m.payer_id = c.payer_id and m.bill_id = c.bill_id
    where m.person_id is null group by c.person_id, c.ordinal, c.payer_id, c.month
  ), island as (
    select b.*, b.month - row_number() over (partition by b.person_id, b.ordinal, b.payer_id order by b.month) as run from b where b.overdue
  ), run as (
    select i.person_id, i.ordinal, i.payer_id, count(*)::integer as months, array_agg(i.due order by i.month) as dues,
      row_number() over (partition by i.person_id, i.ordinal, i.payer_id order by count(*) desc, min(i.month) desc) as place
    from island i group by i.person_id, i.ordinal, i.payer_id, i.run
  ), paid as (
    select b.person_id, b.ordinal, b.payer_id, min(b.month) filter (where b.unpaid) as first_unpaid, max(b.month) as last_month, min(b.due) filter (where b.overdue) as first_due
    from b group by b.person_id, b.ordinal, b.payer_id
  )
  select p.person_id, p.ordinal, p.payer_id, coalesce(r.months, 0), coalesce(r.dues, '{}'), p.first_due, coalesce(p.first_unpaid - 1, p.last_month)::smallint
  from paid p left join run r on r.person_id = p.person_id and r.ordinal = p.ordinal and r.payer_id = p.payer_id and r.place = 1
$$;

-- The opened month whose law says which programmes a membership has on a day: that of the day, else the last one opened before it, else the first.
create function contributions.law_month(on_day date) returns smallint language sql stable
  return coalesce((select max(m.month) from contributions.month m where m.month <= contributions.month_number(on_day)), (select min(m.month) from contributions.month m));

create function contributions.cover_on(on_day date, persons bigint[] default null)
returns table (person_id bigint, ordinal smallint, segment text, payer_id bigint, payer_kind text, settlement text, programme text, state text,
  since date, paid_until date, covered_until date, limits text[], reason text)
language sql stable set enable_nestloop = off as $$
  with this as (select contributions.month_number(on_day) as month, contributions.law_month(on_day) as law),
  rule as (
    select distinct on (r.segment, r.settlement, r.programme) r.* from contributions.cover_rule r where r.from_day <= on_day
    order by r.segment, r.settlement, r.programme, r.from_day desc
  ),
  version as (select max(v.version) as version from contributions.tariff_version v, this where v.month = this.law),
  alive as materialized (
    select f.person_id, f.ordinal, f.payer_id, f.joined, p.segment, p.payer_kind, p.settlement, c.programmes
    from contributions.membership_fact f
    join contributions.profile p using (profile_id)
    cross join this cross join version
    join contributions.tariff_range t on t.month = this.law and t.version = version.version and t.profile_id = f.profile_id and f.born >= t.born_from and f.born < t.born_until
    join contributions.tariff_class c on c.month = t.month and c.class = t.class
    where f.from_day <= on_day and (f.until_day is null or f.until_day > on_day) and (persons is null or f.person_id = any (persons))
  ),
  opened as materialized (
    select o.person_id, o.ordinal, max(o.opened_on) as opened_on from contributions.cover_period o
    where o.opened_on <= on_day and (persons is null or o.person_id = any (persons)) group by o.person_id, o.ordinal
  ),
  paid as materialized (
    select s.person_id, s.ordinal, max(s.to_month) as month from contributions.paid_span s
    where s.paid_on <= on_day and (persons is null or s.person_id = any (persons)) group by s.person_id, s.ordinal
  ),
  -- Parts of a contract whose day has passed unpaid.
  late as materialized (
    select i.payer_id, i.contract_id, min(i.due) as due from contributions.premium_part i join contributions.bill b on b.payer_id = i.payer_id and b.bill_id = i.bill_id
    where i.due < on_day and (b.paid_on is null or b.paid_on > on_day)
      and (persons is null or (i.payer_id, i.contract_id) in (select m.payer_id, m.contract_id from contributions.premium_member m where m.person_id = any (persons)))
    group by i.payer_id, i.contract_id
  ),
  -- The days on which somebody works under a contract and a paid part covers them.
  stretch as materialized (
    select m.person_id, m.ordinal, greatest(m.from_day, s.from_day) as from_day, least(m.until_day, s.until_day) as until_day, l.due as late,
      greatest(m.from_day, s.from_day) <= on_day and least(m.until_day, s.until_day) > on_day as runs,
      case when m.window_until <= on_day and m.reported_on > on_day then m.window_until end as unreported
    from contributions.premium_member m join contributions.premium_part s on s.payer_id = m.payer_id and s.contract_id = m.contract_id
    join contributions.bill b on b.payer_id = s.payer_id and b.bill_id = s.bill_id
    left join late l on l.payer_id = m.payer_id and l.contract_id = m.contract_id
    where b.paid_on <= on_day and greatest(m.from_day, s.from_day) < least(m.until_day, s.until_day) and (persons is null or m.person_id = any (persons))
  ),
  contract as materialized (
    select t.person_id, t.ordinal, bool_or(t.runs) as runs, bool_or(t.runs and t.unreported is null) as reported, bool_or(t.runs and t.unreported is null and t.late is null) as clean,
      min(t.late) filter (where t.runs and t.unreported is null) as late, min(t.unreported) filter (where t.runs) as unreported,
      max(t.until_day) as until_day, min(t.from_day) filter (where t.from_day > on_day) as begins
    from stretch t group by t.person_id, t.ordinal
  ),
  arrears as materialized (
    select * from contributions.arrears_on(on_day, case when persons is not null then (select coalesce(array_agg(distinct payer_id), '{}') from alive where settlement = 'receivable') end)
  ),
  taken as materialized (select * from contributions.split_arrears_on(on_day, persons)),
  fact as (
    select a.*, o.opened_on, s.month as paid_month, case when x.payer_id is null then e.run_months else x.run_months end as run_months,
      case when x.payer_id is null then e.run_due else x.run_due end as run_due, case when x.payer_id is null then e.first_due else x.first_due end as first_due,
      case when x.payer_id is null then e.paid_until else x.paid_until end as payer_paid_until, k.runs, k.reported, k.clean, k.late, k.unreported, k.until_day as contract_until, k.begins,
      this.month - s.month as unpaid, d.due as next_due
    from alive a cross join this
    left join opened o using (person_id, ordinal)
    left join paid s using (person_id, ordinal)
    left join arrears e on a.settlement = 'receivable' and e.payer_id = a.payer_id
    left join contract k using (person_id, ordinal)
    left join taken x on a.settlement = 'receivable' and x.payer_id = a.payer_id and x.person_id = a.person_id and x.ordinal = a.ordinal
    left join contributions.month_due d on a.settlement = 'offer' and d.month = s.month + 1 and d.segment = a.segment
  ),
  judged as (
    select f.*, r.programme, r.grace_months, r.arrears_limit, r.waiting_months, r.waiting_limit,
      case
        when f.settlement = 'contract' then case when f.clean then 'covered' when f.reported then r.beyond when f.runs then 'employer pays first' else 'not covered' end
        when f.opened_on is null then 'not covered'
        when f.settlement = 'receivable' then case
          when coalesce(f.run_months, 0) = 0 then 'covered'
          when f.run_months <= r.grace_months then 'covered, contribution outstanding' else r.beyond end
        when f.paid_month is null then 'not covered'
        when f.unpaid > r.grace_months then r.beyond
        when f.unpaid > 1 or (f.unpaid = 1 and f.next_due < on_day) then 'covered, contribution outstanding'
        else 'covered' end as state
    from fact f join rule r on r.segment = f.segment and r.settlement = f.settlement and r.programme = any (string_to_array(f.programmes, ','))
  )
  select j.person_id, j.ordinal, j.segment, j.payer_id, j.payer_kind, j.settlement, j.programme, j.state,
    case
      when j.settlement = 'contract' then case when j.clean then j.opened_on when j.reported then j.late + 1 when j.runs then j.unreported else coalesce(j.contract_until, j.joined) end
      when j.opened_on is null then j.joined
      when j.settlement = 'receivable' then case
        when j.state = 'covered' then j.opened_on
        when j.state = 'covered, contribution outstanding' then j.first_due + 1
        else j.run_due[j.grace_months + 1] + 1 end
      when j.state = 'covered' then j.opened_on
      when j.state = 'covered, contribution outstanding' then j.next_due + 1
      else contributions.first_day((coalesce(j.paid_month, contributions.month_number(j.joined) - 1) + j.grace_months + 1)::smallint) end as since,
    case
      when j.settlement = 'contract' then j.contract_until - 1
      when j.settlement = 'receivable' then case when j.opened_on is not null then contributions.first_day((j.payer_paid_until + 1)::smallint) - 1 end
      else contributions.first_day((j.paid_month + 1)::smallint) - 1 end as paid_until,
    case
      when j.settlement = 'contract' then j.contract_until - 1
      when j.settlement = 'receivable' then null
      else contributions.first_day((j.paid_month + j.grace_months + 1)::smallint) - 1 end as covered_until,
    array_remove(array[
      case when j.waiting_months > 0 and j.waiting_limit <> '' and j.state like 'covered%' and on_day < (j.opened_on + make_interval(months => j.waiting_months))::date then j.waiting_limit end,
      case when j.arrears_limit <> '' and j.state = 'covered, contribution outstanding' then j.arrears_limit end], null) as limits,
    case
      when j.state = 'covered' then null
      when j.settlement = 'contract' then case when j.reported then case when j.state = 'covered, contribution outstanding' then 'contribution-outstanding' else 'employer-unpaid' end
        when j.runs then 'reported-late' when j.contract_until is not null and j.contract_until <= on_day then 'contract-ended' when j.begins is not null then 'contract-not-begun' else 'never-paid' end
      when j.opened_on is null then case when j.settlement = 'receivable' then 'employer-unpaid' else 'never-paid' end
      when j.state = 'covered, contribution outstanding' then 'contribution-outstanding'
      when j.settlement = 'receivable' then 'employer-unpaid'
      when j.paid_month is null then 'never-paid'
      else 'lapsed' end as reason
  from judged j
$$;
revoke all on function contributions.law_month(date) from public;
grant execute on function contributions.law_month(date) to payung_online, payung_run;
revoke all on function contributions.arrears_on(date, bigint[]), contributions.split_arrears_on(date, bigint[]), contributions.cover_on(date, bigint[]) from public;
grant execute on function contributions.arrears_on(date, bigint[]), contributions.split_arrears_on(date, bigint[]), contributions.cover_on(date, bigint[]) to payung_online, payung_run;

-- The public question: states and dates of one number, never a name, an employer or a payer.
create function contributions.public_cover(asked_number text, on_day date)
returns table (merged boolean, segment text, settlement text, programme text, state text, since date, paid_until date, covered_until date, limits text[], reason text)
language sql stable security definer set search_path = pg_catalog as $$
  with who as (select d.person_id, d.alias from registry.member_directory d where d.member_number = asked_number)
  select w.alias, c.segment, c.settlement, c.programme, c.state, c.since, c.paid_until, c.covered_until, c.limits, c.reason
  from who w left join lateral contributions.cover_on(on_day, array(select registry.same_person(w.person_id))) c on true
$$;
-- The months of one number for the month strip, each membership by itself: whether a month is paid, and where it is not, the state of cover at its
-- end (today in the running month, the last day in the month of leaving), over all programmes. A membership is told by its ordinal only.
create function contributions.public_months(asked_number text, on_day date, since smallint)
returns table (ordinal smallint, left_on date, month smallint, paid boolean, state text) language sql stable security definer set search_path = pg_catalog as $$
  with who as (select registry.same_person(d.person_id) as person_id from registry.member_directory d where d.member_number = asked_number),
  told as materialized (
    select t.person_id, t.ordinal, t.month, bool_or(coalesce(t.paid, false)) as paid from (
      -- The first contribution counts, or the one that a split moved to a bill of its own; not one that was taken back and not replaced.
      select k.person_id, k.ordinal, k.month, bool_or(k.entry = k.asked and k.paid_on <= on_day) and not bool_or(k.entry % 2 = 1 and k.entry = k.last and k.paid_on <= on_day) as paid from (
        select c.person_id, c.ordinal, c.month, c.entry, b.paid_on, max(c.entry) over m as last,
          coalesce(max(c.entry) filter (where b.kind = 'split' and c.entry % 2 = 0) over m, min(c.entry) filter (where c.entry % 2 = 0) over m) as asked
        from who w join contributions.contribution c using (person_id)
        join contributions.bill b on b.payer_id = c.bill_id >> 20 and b.bill_id = c.bill_id where c.month >= since
        window m as (partition by c.person_id, c.ordinal, c.month)) k group by k.person_id, k.ordinal, k.month
      union all
      select m.person_id, m.ordinal, g::smallint, b.paid_on <= on_day from who w join contributions.premium_member m using (person_id)
      join contributions.premium_part s on s.payer_id = m.payer_id and s.contract_id = m.contract_id and greatest(m.from_day, s.from_day) < least(m.until_day, s.until_day)
      join contributions.bill b on b.payer_id = s.payer_id and b.bill_id = s.bill_id
      cross join lateral generate_series(greatest(contributions.month_number(greatest(m.from_day, s.from_day)), since)::integer, contributions.month_number(least(m.until_day, s.until_day) - 1)::integer) g
    ) t group by t.person_id, t.ordinal, t.month
  ),
  lived as (
    select m.person_id, m.ordinal, case when m.until_day <= on_day then m.until_day end as left_on, contributions.month_number(m.from_day) as first_month, least(on_day, m.until_day - 1) as last_day
    from who w join registry.membership m using (person_id) where m.from_day <= on_day
  ),
  cell as materialized (
    select l.person_id, l.ordinal, l.left_on, g::smallint as month, coalesce(t.paid, false) as paid, least(contributions.first_day((g + 1)::smallint) - 1, l.last_day) as day
    from lived l cross join lateral generate_series(greatest(l.first_month, since)::integer,
      greatest(contributions.month_number(l.last_day), (select max(k.month) from told k where k.person_id = l.person_id and k.ordinal = l.ordinal and k.paid))::integer) g
    left join told t on t.person_id = l.person_id and t.ordinal = l.ordinal and t.month = g
  ),
  asked as (select distinct c.day from cell c where not c.paid),
  stood as (
    select a.day, k.person_id, k.ordinal, case
      when bool_and(k.state = 'not covered') then 'not covered'
      when bool_or(k.state = 'employer pays first') then 'employer pays first'
      else 'covered, contribution outstanding' end as state
    from asked a cross join lateral contributions.cover_on(a.day, array(select w.person_id from who w)) k group by a.day, k.person_id, k.ordinal
  )
  select (dense_rank() over (order by c.person_id, c.ordinal))::smallint, c.left_on, c.month, c.paid, case when not c.paid then coalesce(s.state, 'not covered') end
  from cell c left join stood s on s.day = c.day and s.person_id = c.person_id and s.ordinal = c.ordinal order by c.person_id, c.ordinal, c.month
$$;
-- Of a number without cover: when its last membership ended, when its next one begins, and whether one lives on that day. All empty: there is none.
create function contributions.public_membership(asked_number text, on_day date) returns table (left_on date, begins_on date, lives boolean)
language sql stable security definer set search_path = pg_catalog as $$
  select max(m.until_day) filter (where m.until_day <= on_day), min(m.from_day) filter (where m.from_day > on_day),
    coalesce(bool_or(m.from_day <= on_day and (m.until_day is null or m.until_day > on_day)), false)
  from registry.member_directory d cross join lateral registry.same_person(d.person_id) as p (person_id) join registry.membership m on m.person_id = p.person_id
  where d.member_number = asked_number
$$;
-- What is needed to show the price of paying alone: facts without a name, for members whom no employer owes. `alone`: they do so already.
create function contributions.public_price_facts(asked_number text, on_day date)
returns table (facts jsonb, born date, base bigint, paid_month smallint, ordinal smallint, alone boolean) language sql stable security definer set search_path = pg_catalog as $$
  select p.facts, f.born, f.base, (select max(s.to_month) from contributions.paid_span s where s.person_id = f.person_id and s.ordinal = f.ordinal and s.paid_on <= on_day), f.ordinal, y.person_id is not null
  from registry.member_directory d cross join lateral registry.same_person(d.person_id) as o (person_id) join contributions.membership_fact f on f.person_id = o.person_id join contributions.profile p using (profile_id) join registry.payer y on y.payer_id = f.payer_id
  where d.member_number = asked_number and p.settlement = 'offer' and f.from_day <= on_day and (f.until_day is null or f.until_day > on_day)
  order by f.ordinal limit 1
$$;
do $$
declare t text;
begin
  foreach t in array array['membership_fact', 'cover_period', 'paid_span', 'premium_part', 'premium_member', 'entry', 'replacement', 'bill', 'split_member'] loop
    execute format('create policy definer_reads on contributions.%I for select to current_user using (true)', t);
  end loop;
end $$;
revoke all on function contributions.public_cover(text, date), contributions.public_months(text, date, smallint), contributions.public_membership(text, date), contributions.public_price_facts(text, date) from public;
grant execute on function contributions.public_cover(text, date), contributions.public_months(text, date, smallint), contributions.public_membership(text, date), contributions.public_price_facts(text, date) to payung_public;
