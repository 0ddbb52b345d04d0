// An authorization server made with the npm package `oidc-provider`, for the conformance suite.
//
// All is as the package has it, but for what every deployment has to bring along: clients, one
// person, pages to sign in and to consent (the package's own are for development and take any
// password), keys, a store (the package's own is for development and forgets the eldest of a
// thousand records). Started with a port.

import { createServer } from 'node:http';
import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
const ORIGIN = 'https://tv.acme.example';
const PERSON = { login: 'ada@example.com', password: 'correct-horse-battery', sub: 'ada' };
const BRIEFLY = 8;
const MINUTES = 60;

const issuer = `http://localhost:${process.argv[2]}`;
const { privateKey } = await generateKeyPair('RS256', { extractable: true });

const device = (client_id, more = {}) => ({
  client_id,
  client_name: client_id,
  grant_types: [DEVICE_GRANT, 'refresh_token'],
  response_types: [],
  redirect_uris: [],
  token_endpoint_auth_method: 'none',
  ...more,
});

/** Keeps one kind of record in memory; a while past its end, so that the package can tell why not. */
class Memory {
  static #WHILE = 60_000;

  #records = new Map();
  static #kinds = [];

  constructor() {
    Memory.#kinds.push(this);
  }

  async upsert(id, payload, seconds) {
    const end = seconds ? Date.now() + seconds * 1000 + Memory.#WHILE : Infinity;
    this.#records.set(id, { payload, end });
  }

  async find(id) {
    const record = this.#records.get(id);
    return record && record.end > Date.now() ? record.payload : undefined;
  }

  findByUid = (uid) => this.#findBy('uid', uid);

  findByUserCode = (code) => this.#findBy('userCode', code);

  async #findBy(member, value) {
    const found = [...this.#records].find(([, { payload }]) => payload[member] === value);
    return found && this.find(found[0]);
  }

  async consume(id) {
    this.#records.get(id).payload.consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id) {
    this.#records.delete(id);
  }

  async revokeByGrantId(grantId) {
    for (const kind of Memory.#kinds) {
      for (const [id, { payload }] of kind.#records) {
        if (payload.grantId === grantId) kind.#records.delete(id);
      }
    }
  }
}

const provider = new Provider(issuer, {
  adapter: Memory,
  clients: [
    device('tv'),
    device('radio'),
    device('brief'),
    device('printer', {
      client_secret: 'a:long+secret %with e in it',
      token_endpoint_auth_method: 'client_secret_basic',
    }),
    device('plain', {
      grant_types: ['authorization_code'],
      response_types: ['code'],
      redirect_uris: [`${ORIGIN}/back`],
    }),
  ],
  claims: { email: ['email', 'email_verified'], profile: ['name'] },
  findAccount: (_, sub) => ({
    accountId: sub,
    claims: () => ({ sub, name: 'Ada Lovelace', email: PERSON.login, email_verified: true }),
  }),
  clientBasedCORS: (_, origin) => origin === ORIGIN,
  cookies: { keys: [randomBytes(32).toString('hex')] },
  features: {
    devInteractions: { enabled: false },
    deviceFlow: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true },
  },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  jwks: { keys: [{ ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256' }] },
  ttl: {
    DeviceCode: (_, code, client) => (client.clientId === 'brief' ? BRIEFLY : 10 * MINUTES),
    AccessToken: 60 * MINUTES,
    IdToken: 60 * MINUTES,
    Interaction: 60 * MINUTES,
    Grant: 14 * 24 * 60 * MINUTES,
    RefreshToken: 14 * 24 * 60 * MINUTES,
    Session: 14 * 24 * 60 * MINUTES,
  },
});

const page = (title, form) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head>
<body><h1>${title}</h1>${form}</body></html>`;

const LOGIN = page(
  'Sign in',
  `<form method="post">
<label>User name <input name="login" autocomplete="username"></label>
<label>Password <input name="password" type="password" autocomplete="current-password"></label>
<button>Sign in</button></form>`,
);

const consent = (client) =>
  page(
    `${client} asks for access`,
    `<form method="post"><button name="answer" value="allow">Allow</button>
<button name="answer" value="deny">Deny</button></form>`,
  );

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

async function typed(request) {
  let body = '';
  for await (const chunk of request) body += chunk;
  return new URLSearchParams(body);
}

async function granted({ grantId, params, prompt, session }) {
  const grant = grantId
    ? await provider.Grant.find(grantId)
    : new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope((prompt.details.missingOIDCScope ?? []).join(' '));
  return { consent: { grantId: await grant.save() } };
}

async function answered(interaction, form) {
  if (interaction.prompt.name === 'login') {
    const known = form.get('login') === PERSON.login && form.get('password') === PERSON.password;
    return known ? { login: { accountId: PERSON.sub } } : undefined;
  }
  return form.get('answer') === 'allow' ? granted(interaction) : { error: 'access_denied' };
}

async function interact(request, response) {
  const interaction = await provider.interactionDetails(request, response);
  const show = interaction.prompt.name === 'login' ? LOGIN : consent(interaction.params.client_id);
  const result = request.method === 'POST' && (await answered(interaction, await typed(request)));
  if (result) {
    await provider.interactionFinished(request, response, result, {
      mergeWithLastSubmission: true,
    });
  } else {
    response.writeHead(200, HEADERS).end(show);
  }
}

const oauth = provider.callback();
createServer((request, response) => {
  if (!request.url.startsWith('/interaction/')) {
    oauth(request, response);
    return;
  }
  interact(request, response).catch((fault) => {
    response.writeHead(fault.status ?? 500, HEADERS).end(page('Not possible', ''));
  });
}).listen(process.argv[2], '127.0.0.1', () => console.log(`issuer ${issuer}`));
