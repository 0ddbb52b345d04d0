// An API by others: Express with Auth0's own check of tokens, that is told the issuer and its own name and no more.
//
// Prints its port when it listens.

import express from 'express';
import { auth, requiredScopes } from 'express-oauth2-jwt-bearer';

const [issuerBaseURL, audience] = process.argv.slice(2);
const api = express();
api.use(auth({ issuerBaseURL, audience }));
api.get('/library', requiredScopes('read:library'), (request, response) => {
  response.json({ sub: request.auth.payload.sub });
});
api.get('/films', requiredScopes('write:films'), (request, response) => {
  response.json({});
});
api.use((error, request, response, next) => {
  response.status(error.status ?? 500).set(error.headers ?? {}).json({ said: error.message });
});
const server = api.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })));
