package io.latchkey.auth.token;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import io.latchkey.auth.RunningAuthApi;

/** The keys that the running service signs with, as another library takes them. */
public final class TestSigningKeys {
    private TestSigningKeys() {}

    public static ECKey current(RunningAuthApi api) {
        var key = api.bean(SigningKeys.class).current();
        return new ECKey.Builder(Curve.P_256, key.publicKey())
                .privateKey(key.privateKey())
                .keyID(key.kid())
                .build();
    }
}
