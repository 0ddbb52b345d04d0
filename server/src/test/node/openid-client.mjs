// A device by others: openid-client asks for codes, polls, refreshes, revokes; jose is the API that gets the token.
//
// Started with the issuer, the client and the API; prints one line of JSON for each step.

import * as client from 'openid-client';
import { createRemoteJWKSet, jwtVerify } from 'jose';

const [issuer, clientId, audience] = process.argv.slice(2);
const say = (step, what) => console.log(JSON.stringify({ step, ...what }));

const config = await client.discovery(new URL(issuer), clientId, undefined, client.None());
// Signatures count even where TLS would vouch for the sender.
client.enableNonRepudiationChecks(config);

// All an API is told: the issuer, and its own name.
const verified = async (token) => {
  const metadata = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
  const keys = createRemoteJWKSet(new URL(metadata.jwks_uri));
  return (await jwtVerify(token, keys, { issuer, audience })).payload;
};

const codes = await client.initiateDeviceAuthorization(config, {
  scope: 'openid profile email offline_access read:library',
  audience,
});
say('codes', { user_code: codes.user_code });

const tokens = await client.pollDeviceAuthorizationGrant(config, codes);
const id = tokens.claims();
say('tokens', { type: tokens.token_type, expires_in: tokens.expiresIn(), aud: id.aud });

const access = await verified(tokens.access_token);
say('verified', { same_sub: access.sub === id.sub, scope: access.scope });

const person = await client.fetchUserInfo(config, tokens.access_token, id.sub);
say('person', { name: person.name, email: person.email });

const renewed = await client.refreshTokenGrant(config, tokens.refresh_token);
const again = await verified(renewed.access_token);
say('renewed', {
  rotated: renewed.refresh_token !== tokens.refresh_token,
  another: again.jti !== access.jti,
  same_link: again.sid === access.sid,
});

await client.tokenRevocation(config, renewed.refresh_token);
const refused = await client.refreshTokenGrant(config, renewed.refresh_token).catch((e) => e);
say('revoked', { error: refused.error, status: refused.status });
