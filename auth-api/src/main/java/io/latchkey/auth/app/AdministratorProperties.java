package io.latchkey.auth.app;

import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The administrator's credential.
 *
 * @param adminToken bearer token of whoever manages apps and keys; 32 to 512 characters of {@code
 *     [A-Za-z0-9._~+/-]}; where it is empty there is no administrator
 */
@ConfigurationProperties("latchkey")
record AdministratorProperties(@DefaultValue("") String adminToken) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]{32,512}=*");

    AdministratorProperties {
        if (!adminToken.isEmpty() && !FORM.matcher(adminToken).matches()) {
            throw new IllegalArgumentException(
                    "latchkey.admin-token (expected: 32 to 512 characters of [A-Za-z0-9._~+/-])");
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "AdministratorProperties[]";
    }
}
