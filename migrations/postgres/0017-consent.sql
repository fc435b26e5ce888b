-- What people allowed and refused, and what they may ask of us: their data, or to be forgotten.

-- Words that were shown when somebody said yes or no; each wording once, never changed.
create table consent_texts (
  id bigint generated always as identity primary key,
  hash bytea not null unique,       -- SHA-256 of language and words
  locale text not null,
  words text not null,
  first_at timestamptz not null
);

-- The ledger. A row is never changed; a later word of the same person is a later row. Every row hangs at a profile, so that merge
-- and undo, which change the map alone, move nothing here (know/consent/standing.ts says what a customer's profiles say together).
create table consents (
  id bigint generated always as identity primary key,
  said_id uuid not null,            -- one word of a person may stand at several profiles
  profile_id bigint not null references profiles,
  covers bigint[] not null default '{}', -- other profiles that the person had then, for which this word counts as well
  subject text not null check (subject in ('contact', 'pause', 'less_often', 'impersonal', 'minor', 'deceased')),
  channel text not null default 'any' check (channel in ('any', 'email', 'sms', 'phone', 'wechat', 'wecom', 'post')),
  purpose text not null default 'any' check (purpose in ('any', 'service', 'care', 'promotion')),
  brand_id integer references brands, -- null: every brand
  decision text not null check (decision in ('allowed', 'refused', 'asked', 'on', 'off')), -- asked: waits for the person's own yes
  expires_at timestamptz,           -- a yes ends here; a pause too
  way text not null check (way in ('staff', 'page', 'one_click', 'confirmed', 'import', 'api')),
  text_id bigint references consent_texts, -- what was shown
  proof text,                       -- where the evidence is, in staff's words
  evidence jsonb not null default '{}', -- what the machine saw: address of the request, browser
  shop_id integer references shops, -- where
  actor text not null,              -- staff:12, customer, api:4, import:3
  at timestamptz not null,          -- shop time
  recorded_at timestamptz not null default clock_timestamp(),
  check ((subject = 'contact') = (decision in ('allowed', 'refused', 'asked')))
);
create index consents_of_profile on consents (profile_id, at desc, id desc);
create index consents_of_brand on consents (brand_id) where brand_id is not null;
create index consents_of_shop on consents (shop_id) where shop_id is not null;
create index consents_of_text on consents (text_id) where text_id is not null;

-- Consent that is used up: one tap on a WeChat subscription is one message of one template. Entries are never changed; the balance
-- is kept beside them, by the same statement.
create table consent_grants (
  id bigint generated always as identity primary key,
  profile_id bigint not null references profiles,
  channel text not null check (channel in ('wechat', 'wecom')),
  app text not null,                -- the mini program or account whose template it is
  template text not null,
  change integer not null check (change <> 0),
  reason text not null check (reason in ('granted', 'used', 'returned', 'refused')), -- refused: 43101, the platform knows of none
  reference text not null,          -- of the tap, or of the message: each counts once
  actor text not null,
  at timestamptz not null,
  unique (profile_id, app, template, reason, reference)
);
create table consent_balances (
  profile_id bigint not null references profiles,
  channel text not null,
  app text not null,
  template text not null,
  balance integer not null check (balance >= 0),
  primary key (profile_id, app, template)
);

create function refuse_consent_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('regulars.forgetting', true) = 'yes' then
    return old;
  end if;
  raise exception 'the consent ledger is only ever added to' using errcode = '42501';
end $$;
create trigger consents_stay before update or delete on consents for each row execute function refuse_consent_change();
create trigger consents_whole before truncate on consents execute function refuse_consent_change();
create trigger consent_grants_stay before update or delete on consent_grants for each row execute function refuse_consent_change();
create trigger consent_grants_whole before truncate on consent_grants execute function refuse_consent_change();
create trigger consent_texts_stay before update or delete on consent_texts for each row execute function refuse_consent_change();
create trigger consent_texts_whole before truncate on consent_texts execute function refuse_consent_change();

-- The one way out of the ledger: the person is erased.
create function forget_consents(profile_ids bigint[]) returns bigint language plpgsql as $$
declare
  gone bigint;
  more bigint;
begin
  perform set_config('regulars.forgetting', 'yes', true);
  delete from consents where profile_id = any(profile_ids);
  get diagnostics gone = row_count;
  delete from consent_grants where profile_id = any(profile_ids);
  get diagnostics more = row_count;
  perform set_config('regulars.forgetting', '', true);
  delete from consent_balances where profile_id = any(profile_ids);
  return gone + more;
end $$;

-- Addresses that must not be written to, as keyed hashes: nobody can read them, and whoever comes back with the same address is
-- known not to be written to. They stay when the person is erased.
create table suppressions (
  hash bytea not null,              -- HMAC under the house's key, over kind, scope and compare form
  channel text not null check (channel in ('any', 'email', 'sms', 'phone', 'wechat', 'wecom', 'post')),
  purpose text not null check (purpose in ('any', 'service', 'care', 'promotion')),
  reason text not null check (reason in ('unsubscribed', 'complained', 'bounced', 'listed', 'erased')),
  actor text not null,
  since timestamptz not null,
  primary key (hash, channel, purpose, reason)
);

-- What persons ask of us by law, with the day by which they have their answer. Numbers of customer and profiles stay when all else is
-- erased: they name nobody any more.
create table privacy_requests (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('export', 'erase')),
  law text not null check (law in ('pipl', 'gdpr', 'other')),
  customer_id bigint not null,      -- no foreign key: the row goes
  came_by text not null check (came_by in ('counter', 'phone', 'message', 'email', 'post', 'command')),
  asked_on date not null,
  due_on date not null,
  note text,                        -- in staff's words; emptied by an erasure
  state text not null default 'open' check (state in ('open', 'erasing', 'done', 'refused')),
  refusal text check (refusal in ('not_proven', 'law_keeps', 'claim_open', 'excessive', 'withdrawn')),
  answer text,                      -- what the person was told with it
  profile_ids bigint[] not null default '{}', -- of an erasure, and the next
  customer_ids bigint[] not null default '{}',
  marks text[] not null default '{}', -- values by which copies elsewhere are found; emptied at the end
  steps text[] not null default '{}', -- done so far
  summary jsonb not null default '{}', -- rows by table
  failure text,                     -- of the last try, by name
  actor text not null,
  created_at timestamptz not null,  -- machine time, as are the others
  decided_by text,
  decided_at timestamptz,
  done_at timestamptz,
  version integer not null default 1
);
create index privacy_requests_open on privacy_requests (due_on, id) where state in ('open', 'erasing');
create index privacy_requests_newest on privacy_requests (id desc);
create index privacy_requests_of_customer on privacy_requests (customer_id);
