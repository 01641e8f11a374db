-- Whoever signs out everywhere also means the codes that are on their way.
ALTER TABLE auth."user" ADD COLUMN signed_out_at timestamptz;
