create table metric_versions (
  metric text not null,
  version text not null,
  since timestamptz not null
);
