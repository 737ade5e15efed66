-- Entries of savings that were booked while numbers of more than one person counted as one account: whose money they took, only these
-- persons together can say. Null: one person's alone.
alter table savings.entry add column beside bigint[] check (cardinality(beside) > 0);
