-- Why something was given back, and which files told of an order's way.

-- Of a cancellation, and of an order that never came about: why, in somebody's words. Emptied when the person is forgotten.
alter table orders add column reason text check (reason is null or kind = 'cancellation' or status = 'void');

-- Imports on which a step of an order's way rests; null: it was told otherwise too, by hand or by a door, and outlives them.
alter table order_steps add column imports bigint[];
create index order_steps_of_import on order_steps using gin (imports) where imports is not null;

-- What an import replaced of where somebody came from: what a tracker had said, to be said again when the import is undone.
alter table arrivals add column replaced jsonb;
create index arrivals_of_ref on arrivals (ref) where ref is not null;

alter table imports drop constraint imports_phase_check;
alter table imports add check (phase in ('stage', 'sort', 'compare', 'products', 'customers', 'orders', 'steps', 'undo'));
