package io.latchkey.auth.link;

import io.latchkey.events.UserId;

/** How an app names one of its tenant's users, other than by the address. */
public sealed interface Identifier {
    /** As requests write it. */
    String type();

    String value();

    /** The id of a user. */
    record ById(UserId id) implements Identifier {
        @Override
        public String type() {
            return "user_id";
        }

        @Override
        public String value() {
            return id.toString();
        }
    }

    /** The user's name. */
    record ByUsername(String value) implements Identifier {
        @Override
        public String type() {
            return "username";
        }
    }

    /**
     * The user's phone number.
     *
     * @param value E.164
     */
    record ByPhoneNumber(String value) implements Identifier {
        @Override
        public String type() {
            return "phone_number";
        }
    }

    /**
     * An attribute that the app gave its users; it names one only where no other has the same.
     *
     * @param name of a member at the top of {@code attributes}
     * @param value a string there
     */
    record ByAttribute(String name, String value) implements Identifier {
        /** What stands before the name in a type. */
        public static final String PREFIX = "custom:";

        @Override
        public String type() {
            return PREFIX + name;
        }
    }
}
