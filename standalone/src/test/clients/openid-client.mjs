// Signs in with openid-client. Prints what a person is to open ("OPEN <url>"), reads where the browser
// came back to, and ends with one line of JSON: what it got.
import * as client from 'openid-client';
import { createInterface } from 'node:readline/promises';

const [issuer, clientId, secret, redirectUri, signedOutUri] = process.argv.slice(2);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

async function visit(url) {
  console.log(`OPEN ${url}`);
  return new URL((await lines.next()).value);
}

async function attempt(name, action) {
  try {
    await action();
    return `${name} was accepted`;
  } catch (error) {
    return error.error ?? error.code ?? error.name;
  }
}

const authentication = secret === '' ? client.None() : client.ClientSecretPost(secret);
const config = await client.discovery(new URL(issuer), clientId, {}, authentication, {
  execute: [client.allowInsecureRequests],
});

const verifier = client.randomPKCECodeVerifier();
const state = client.randomState();
const nonce = client.randomNonce();
const callback = await visit(
  client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid email',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  }),
);
const tokens = await client.authorizationCodeGrant(config, callback, {
  pkceCodeVerifier: verifier,
  expectedState: state,
  expectedNonce: nonce,
  idTokenExpected: true,
});
const claims = tokens.claims();
const person = await client.fetchUserInfo(config, tokens.access_token, claims.sub);
const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token);
const active =
  secret === '' ? null : (await client.tokenIntrospection(config, refreshed.access_token)).active;

await visit(
  client.buildEndSessionUrl(config, {
    id_token_hint: refreshed.id_token ?? tokens.id_token,
    post_logout_redirect_uri: signedOutUri,
  }),
);
const afterLogout = await attempt('a refresh token of an ended session', () =>
  client.refreshTokenGrant(config, refreshed.refresh_token),
);
const userinfoAfterLogout = await attempt('an access token of an ended session', () =>
  client.fetchUserInfo(config, refreshed.access_token, claims.sub),
);

console.log(
  JSON.stringify({
    email: claims.email,
    person: person.email,
    rotated: refreshed.refresh_token !== tokens.refresh_token,
    active,
    afterLogout,
    userinfoAfterLogout,
  }),
);
process.exit(0);
