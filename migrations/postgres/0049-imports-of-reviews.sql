-- An import writes reviews after the orders' ways.
alter table imports drop constraint imports_phase_check;
alter table imports add check (phase in ('stage', 'sort', 'compare', 'products', 'customers', 'orders', 'steps', 'reviews', 'undo'));
