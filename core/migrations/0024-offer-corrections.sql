-- Corrections whose bill is paid with money that is taken online (a bank's file, a counter): whoever takes it for an office finishes them, and
-- changes nothing else of them.
create policy online_finishes on contributions.correction for update to payung_online using ((select platform.office()) is not null and state = 'approved') with check (state = 'done');
grant update (state, done_on) on contributions.correction to payung_online;
