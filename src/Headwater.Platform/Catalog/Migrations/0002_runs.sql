create table runs (
  id text primary key,
  kind text not null,
  cause text not null,
  state text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  message text
);

create table run_nodes (
  run_id text not null,
  ordinal bigint not null,
  node text not null,
  kind text not null,
  state text not null,
  elapsed_ms bigint not null,
  row_count bigint,
  message text
);

create table landings (
  run_id text not null,
  source text not null,
  stream text not null,
  state text not null,
  landed_at timestamptz not null,
  elapsed_ms bigint not null,
  files bigint not null,
  rows_read bigint not null,
  rows_landed bigint not null,
  rows_quarantined bigint not null,
  message text
);
