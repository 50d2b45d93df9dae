create table audit (
  asked_at timestamptz not null,
  principal text not null,
  path text not null,
  origin text,
  what text not null,
  policy text not null,
  row_count bigint not null,
  elapsed_us bigint not null,
  from_cache boolean not null,
  outcome text not null
);

create table audit_segments (
  name text primary key,
  imported_bytes bigint not null
);
