-- What a correction could not do for a member: a membership that was ended by mistake and does not go on when the correction is done (a death,
-- an employer that closed, a newer membership). The refusal is kept with its row, for who looks at the correction: code, rule, data, next.
alter table contributions.correction_row add column stays_ended jsonb;
grant update (stays_ended) on contributions.correction_row to payung_online, payung_run;
-- Whoever takes the money of a correction finishes it; money is taken for the head office.
create policy online_changes on contributions.correction_row for update to payung_online using ((select registry.sees_all()));
