package io.latchkey.mail.relay.smtp;

import jakarta.mail.MessagingException;
import java.time.Duration;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/** Connections to one relay, kept open between mails. */
final class SmtpConnectionPool implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration IDLE_LIFE = Duration.ofSeconds(50);
    private final GenericObjectPool<SmtpConnection> pool;

    SmtpConnectionPool(SmtpSession session, SmtpProperties properties) {
        pool = new GenericObjectPool<>(new Connections(session, properties), limits(properties));
    }

    private static GenericObjectPoolConfig<SmtpConnection> limits(SmtpProperties properties) {
        var limits = new GenericObjectPoolConfig<SmtpConnection>();
        limits.setMaxTotal(properties.maxConnections());
        limits.setMaxIdle(properties.maxConnections());
        // Whoever waits is called off when his time is up.
        limits.setMaxWait(LONGEST_WAIT);
        limits.setTestOnBorrow(true);
        limits.setMinEvictableIdleDuration(IDLE_LIFE);
        limits.setTimeBetweenEvictionRuns(IDLE_LIFE.dividedBy(2));
        limits.setNumTestsPerEvictionRun(-1);
        limits.setJmxEnabled(false);
        return limits;
    }

    /**
     * A connection that the relay still holds, opened now where none is idle.
     *
     * @throws MessagingException if none can be had; the relay has no mail then
     */
    SmtpConnection borrow() throws MessagingException {
        try {
            return pool.borrowObject();
        } catch (MessagingException e) {
            throw e;
        } catch (Exception e) {
            throw new MessagingException("no connection to the relay is free", e);
        }
    }

    void giveBack(SmtpConnection connection) {
        pool.returnObject(connection);
    }

    /** After any failure: nobody knows what the relay would say next on it. */
    void discard(SmtpConnection connection) {
        try {
            pool.invalidateObject(connection);
        } catch (Exception e) {
            // It was broken already, which is why it is thrown away.
            return;
        }
    }

    int open() {
        return pool.getNumActive() + pool.getNumIdle();
    }

    @Override
    public void close() {
        pool.close();
    }

    private static final class Connections extends BasePooledObjectFactory<SmtpConnection> {
        private final SmtpSession session;
        private final SmtpProperties properties;

        Connections(SmtpSession session, SmtpProperties properties) {
            this.session = session;
            this.properties = properties;
        }

        @Override
        public SmtpConnection create() throws MessagingException {
            var connection = new SmtpConnection(session);
            connection.open();
            return connection;
        }

        @Override
        public PooledObject<SmtpConnection> wrap(SmtpConnection connection) {
            return new DefaultPooledObject<>(connection);
        }

        @Override
        public boolean validateObject(PooledObject<SmtpConnection> pooled) {
            return pooled.getObject()
                    .isUsable(properties.lifetime(), properties.mailsPerConnection());
        }

        @Override
        public void destroyObject(PooledObject<SmtpConnection> pooled) throws MessagingException {
            pooled.getObject().close();
        }
    }
}
