package io.latchkey.auth.session;

import io.latchkey.auth.Api;
import java.net.http.HttpResponse;

/** What an app can do that ends all sessions of a user. */
enum EndOfAll {
    SIGN_OUT {
        @Override
        HttpResponse<String> call(Api app, String user) {
            return app.delete(USERS + user + "/sessions");
        }
    },
    BLOCK {
        @Override
        HttpResponse<String> call(Api app, String user) {
            return app.patch(USERS + user, "{\"status\": \"blocked\"}");
        }
    },
    DELETE {
        @Override
        HttpResponse<String> call(Api app, String user) {
            return app.delete(USERS + user);
        }
    };

    private static final String USERS = "/api/v1/users/";

    abstract HttpResponse<String> call(Api app, String user);
}
