create table users (
  id text primary key,
  name text not null,
  display_name text not null,
  password_hash text,
  roles text not null,
  attributes text not null,
  disabled boolean not null,
  created_at timestamptz not null,
  last_sign_in_at timestamptz
);

create table sessions (
  token_hash text primary key,
  user_id text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  origin text
);

create table sign_in_links (
  token_hash text primary key,
  user_id text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

create table settings (
  name text primary key,
  value text not null,
  changed_at timestamptz not null
);
