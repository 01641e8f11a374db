package io.latchkey.auth.user;

/** What became of a wish to make or to change a user. */
public sealed interface UserResult {
    /** As it is now. */
    record Kept(User user) implements UserResult {}

    /** The address, the username or the phone number is another user's of the tenant. */
    record Taken() implements UserResult {}

    /** The attributes would be more than 16 KiB afterwards. */
    record TooManyAttributes() implements UserResult {}

    /** There is no such user, for this caller. */
    record UnknownUser() implements UserResult {}
}
