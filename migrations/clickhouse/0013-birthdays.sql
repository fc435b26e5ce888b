-- Birthdays as people keep them: month × 100 + day, 2000 more by the moon's calendar, 4000 more in its leap month; 0 where month or day is
-- not known. When the next one is, is reckoned for each question: a stored day would rot. The year is 0 where it is not known.
ALTER TABLE customers ADD COLUMN IF NOT EXISTS birth_code UInt16 DEFAULT 0;
ALTER TABLE customers ADD COLUMN IF NOT EXISTS birth_year UInt16 DEFAULT 0;
ALTER TABLE traits ADD COLUMN IF NOT EXISTS birth_code UInt16 DEFAULT 0;
ALTER TABLE traits ADD COLUMN IF NOT EXISTS birth_year UInt16 DEFAULT 0;
