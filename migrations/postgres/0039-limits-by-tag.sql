-- Limits of the stages for the people of a tag, beside those for goods.
alter table stage_thresholds
  add column tag_id integer references tags on delete cascade,
  drop constraint stage_thresholds_check,
  drop constraint stage_thresholds_category_brand_id_key,
  add constraint stage_thresholds_of_one check (num_nonnulls(category, brand_id, tag_id) = 1),
  add constraint stage_thresholds_once unique nulls not distinct (category, brand_id, tag_id);
