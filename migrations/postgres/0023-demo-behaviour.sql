-- How much more than usual the people of a demo shop look around; 0: as in demos from before they did, nothing is told of it.
alter table demo_shop add column curiosity real not null default 0;
