-- Who is told that a link has ended: everybody who watches, and the mail workers where its mail may
-- still be on its way.
CREATE FUNCTION auth.told_of_end(l auth.link) RETURNS TABLE (topic text, key text)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT 'latchkey.security-events', l.subject
    UNION ALL
    SELECT 'latchkey.link-ends', auth.typeid('link', l.id)
     WHERE NOT l.suppressed AND l.mailed_at IS NULL AND l.deliver_by > now();
END;
