-- Runs once, on an empty volume. Each service has a role that owns its schema and nothing else.
\getenv auth_password LATCHKEY_DATABASE_AUTH_PASSWORD
\getenv audit_password LATCHKEY_DATABASE_AUDIT_PASSWORD

-- The server logs a statement that fails, and the next ones name passwords.
SET log_min_error_statement = panic;
CREATE ROLE latchkey_auth LOGIN PASSWORD :'auth_password';
CREATE ROLE latchkey_audit LOGIN PASSWORD :'audit_password';

REVOKE ALL ON DATABASE latchkey, postgres, template1 FROM PUBLIC;
GRANT CONNECT ON DATABASE latchkey TO latchkey_auth, latchkey_audit;

CREATE SCHEMA auth AUTHORIZATION latchkey_auth;
CREATE SCHEMA audit AUTHORIZATION latchkey_audit;
