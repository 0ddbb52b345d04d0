// A device by others, that binds its tokens to a key (RFC 9449): oauth4webapi, request by request, and as the API that gets the token.
//
// Started with the issuer, the client and the API; prints one line of JSON for each step.

import { setTimeout as sleep } from 'node:timers/promises';
import * as oauth from 'oauth4webapi';

const [issuer, clientId, audience] = process.argv.slice(2);
const say = (step, what) => console.log(JSON.stringify({ step, ...what }));

const asked = new URL(issuer);
const as = await oauth.processDiscoveryResponse(asked, await oauth.discoveryRequest(asked));
const client = { client_id: clientId };
const nobody = oauth.None();
const key = await oauth.generateKeyPair('ES256');
const DPoP = oauth.DPoP(client, key);

// The server may name a nonce to prove with at any time; the request is then made once more.
const withNonce = async (request) => {
  try {
    return await request();
  } catch (e) {
    if (oauth.isDPoPNonceError(e)) {
      return request();
    }
    throw e;
  }
};

const codes = await oauth.processDeviceAuthorizationResponse(as, client, await oauth.deviceAuthorizationRequest(
  as, client, nobody, { scope: 'openid profile email offline_access read:library', audience }));
say('codes', { user_code: codes.user_code });

const poll = () => withNonce(async () => oauth.processDeviceCodeResponse(as, client,
  await oauth.deviceCodeGrantRequest(as, client, nobody, codes.device_code, { DPoP })));
let tokens;
let pace = codes.interval ?? 5;
while (!tokens) {
  await sleep(pace * 1000);
  tokens = await poll().catch((e) => {
    if (e.error === 'slow_down') {
      pace += 5;
    } else if (e.error !== 'authorization_pending') {
      throw e;
    }
  });
}
const id = oauth.getValidatedIdTokenClaims(tokens);
say('tokens', { type: tokens.token_type, expires_in: tokens.expires_in, aud: id.aud });

// What the device sends to the API, seen as the API sees it that was told the issuer and its own name.
const verified = async (token) => {
  let request;
  await oauth.protectedResourceRequest(token, 'GET', new URL(audience), undefined, undefined, {
    DPoP,
    [oauth.customFetch]: (url, options) => {
      request = new Request(url, options);
      return new Response();
    },
  });
  return oauth.validateJwtAccessToken(as, request, audience, { requireDPoP: true });
};
const access = await verified(tokens.access_token);
say('verified', { same_sub: access.sub === id.sub, scope: access.scope });

const person = await withNonce(async () => oauth.processUserInfoResponse(as, client, id.sub,
  await oauth.userInfoRequest(as, client, tokens.access_token, { DPoP })));
say('person', { name: person.name, email: person.email });

const refresh = (token) => withNonce(async () => oauth.processRefreshTokenResponse(as, client,
  await oauth.refreshTokenGrantRequest(as, client, nobody, token, { DPoP })));
const renewed = await refresh(tokens.refresh_token);
const again = await verified(renewed.access_token);
say('renewed', {
  rotated: renewed.refresh_token !== tokens.refresh_token,
  another: again.jti !== access.jti,
  same_link: again.sid === access.sid,
});

await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, nobody, renewed.refresh_token));
const refused = await refresh(renewed.refresh_token).catch((e) => e);
say('revoked', { error: refused.error, status: refused.status });
