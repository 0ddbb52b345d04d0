// An OpenID provider for tests: lets everybody in, under the name they type.
//
// Started with the redirect URIs of its one client; says where it listens; ends with its input.

import { createServer } from 'node:http';
import { randomBytes } from 'node:crypto';
import Provider from 'oidc-provider';

const person = (sub) => ({
  sub,
  name: `${sub} of the provider`,
  email: `${sub}@example.com`,
  email_verified: !sub.startsWith('unverified'),
});

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://localhost:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'tandem',
        client_secret: '100% secret: + & more',
        redirect_uris: process.argv.slice(2),
      },
    ],
    claims: { email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_, sub) => ({ accountId: sub, claims: async () => person(sub) }),
    features: { devInteractions: { enabled: true } },
    cookies: { keys: [randomBytes(32).toString('hex')] },
  });
  server.on('request', provider.callback());
  console.log(`issuer ${issuer}`);
});

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
