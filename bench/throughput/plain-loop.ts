// The peer: the same requests to the same server from a plain Node loop, one after the other as one lane sends them.
// Arguments: URL of the server, number of requests. Reads the client's secret from stdin. Prints milliseconds.
import { readFileSync } from 'node:fs';
import * as z from 'zod';

const [url = '', count] = process.argv.slice(2);
const secrets = z.object({ tokenUrl: z.url(), id: z.string(), secret: z.string() });
const { tokenUrl, id, secret } = secrets.parse(JSON.parse(readFileSync(0, 'utf8')));
const tokenAnswer = z.object({ access_token: z.string() });

async function newToken(): Promise<string> {
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret });
  const response = await fetch(tokenUrl, { method: 'POST', body: form });
  return tokenAnswer.parse(await response.json()).access_token;
}

let token = await newToken();

async function send(number: number): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': `plain-${process.pid}-${number}`,
    },
    body: JSON.stringify({ externalId: String(number), name: `Account ${number}`, phone: '+1 555 0100' }),
  });
}

const start = performance.now();
for (let number = 0; number < Number(count); number++) {
  let response = await send(number);
  if (response.status === 401) {
    token = await newToken();
    response = await send(number);
  }
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
}
process.stdout.write(String(performance.now() - start));
