package io.latchkey.audit.ingest;

/** What the appender of this process is doing. */
public enum IngestState {
    /** Has neither appended nor found another appender yet. */
    STARTING,
    /** Is the one that appends. */
    APPENDING,
    /** Another process appends; this one takes over within seconds of its end. */
    STANDING_BY,
    /** The database or Kafka is away; tries again and again. */
    WAITING,
    /** Does nothing any more. */
    STOPPED
}
