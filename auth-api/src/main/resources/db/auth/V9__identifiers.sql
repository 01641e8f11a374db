-- Users named by an attribute of their app's.
CREATE INDEX user_attributes ON auth."user" USING gin (attributes jsonb_path_ops);
