-- What understand/predictions reckoned of all buyers together: one row a run. Nobody's data: parameters, shares and counts. The scores of
-- each customer stand in the columns, under the run's id.

create table forecasts (
  id bigint generated always as identity primary key,
  as_of date not null,              -- shop day
  asked_by text,                    -- null: the schedule
  started_at timestamptz not null,  -- machine time
  ended_at timestamptz,
  state text not null default 'running' check (state in ('running', 'done', 'failed')),
  found jsonb                       -- the forecast, as predictions/contract.ts says it; null before it is done
);
create index forecasts_newest on forecasts (id desc) where state = 'done';
