package io.latchkey.standalone;

import org.slf4j.LoggerFactory;

/** Runs Latchkey whole in one process, until it is told to stop. */
public final class StandaloneApplication {
    private StandaloneApplication() {}

    /**
     * Exits with 1 when something that it needs cannot be had.
     *
     * @param arguments settings, such as {@code --latchkey.auth-port=9000}
     */
    public static void main(String... arguments) {
        try {
            var settings = Settings.read(arguments);
            var home = Home.open(settings.standalone().home());
            Logging.start(settings.environment(), home);
            run(new Standalone(home, settings));
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(StandaloneApplication.class).error("Cannot start", e);
            Console.fail(String.valueOf(e.getMessage()));
            System.exit(1);
        }
    }

    private static void run(Standalone standalone) {
        Runtime.getRuntime().addShutdownHook(new Thread(standalone::close, "stop"));
        standalone.start();
        welcome(standalone);
        Logging.showWarnings();
    }

    private static void welcome(Standalone standalone) {
        var secrets = standalone.secrets();
        if (secrets.generated().contains(Secrets.ADMIN_TOKEN)) {
            Console.say("Administrator's token: " + secrets.adminToken());
        }
        if (secrets.generated().contains(Secrets.AUDIT_TOKEN)) {
            Console.say("Audit token:           " + secrets.auditToken());
        }
        Console.say(
                "Latchkey is ready: start at %s/ (auth %s, mail %s, audit %s)"
                        .formatted(
                                standalone.inboxUrl(),
                                standalone.authUrl(),
                                standalone.mailUrl(),
                                standalone.auditUrl()));
    }
}
