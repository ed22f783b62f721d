import { expect } from 'chai';
import { createLocalOrg } from '../../../local-org/src/index.js';
import { Streaming } from '../../../local-org/src/server/streaming/index.js';
import { authorized, call } from '../support/http.js';

const USER = '005000000000001AAA';
const LOGGING = '/systemTopic/Logging';

describe('the streaming API', () => {
  type Reply = Readonly<Record<string, unknown>>;

  function streaming(options: ConstructorParameters<typeof Streaming>[0] = {}): {
    readonly server: Streaming;
    readonly send: (...messages: readonly Reply[]) => Promise<readonly Reply[]>;
    readonly handshake: () => Promise<string>;
  } {
    const server = new Streaming({ holdMs: 5, ...options });
    const send = (...messages: readonly Reply[]): Promise<readonly Reply[]> =>
      server.answer(
        messages.map((message) => ({ channel: '', ...message })),
        USER,
      );
    const handshake = async (): Promise<string> => {
      const [reply] = await send({ channel: '/meta/handshake', version: '1.0' });
      return String(reply?.['clientId']);
    };
    return { server, send, handshake };
  }

  // Bayeux protocol 1.0: /meta/handshake, /meta/subscribe, /meta/connect, /meta/disconnect
  it('takes a client from the handshake over events to the disconnect', async () => {
    const { server, send, handshake } = streaming();
    const clientId = await handshake();
    expect(await send({ channel: '/meta/subscribe', clientId, id: '2', subscription: LOGGING })).to.deep.equal([
      { channel: '/meta/subscribe', id: '2', clientId, successful: true, subscription: LOGGING },
    ]);
    server.publish(LOGGING, { sobject: { Id: '07L1' } });
    const [connect, event] = await send({ channel: '/meta/connect', clientId, connectionType: 'long-polling' });
    expect(connect).to.deep.include({ successful: true, advice: { reconnect: 'retry', interval: 0, timeout: 5 } });
    expect(event).to.deep.equal({ channel: LOGGING, data: { sobject: { Id: '07L1' } } });
    expect(await send({ channel: '/meta/disconnect', clientId })).to.deep.equal([
      { channel: '/meta/disconnect', clientId, successful: true },
    ]);
    expect(await send({ channel: '/meta/connect', clientId })).to.deep.equal([
      {
        channel: '/meta/connect',
        clientId,
        successful: false,
        error: '403::Unknown client',
        advice: { reconnect: 'handshake', interval: 0 },
      },
    ]);
  });

  it('lets a connect wait until an event is there', async () => {
    const { server, send, handshake } = streaming({ holdMs: 60_000 });
    const clientId = await handshake();
    await send({ channel: '/meta/subscribe', clientId, subscription: LOGGING });
    const waiting = send({ channel: '/meta/connect', clientId });
    server.publish(LOGGING, { sobject: { Id: '07L1' } });
    expect(await waiting).to.have.length(2);
  });

  it('answers a connect at once that comes with other messages', async () => {
    const { send, handshake } = streaming({ holdMs: 60_000 });
    const clientId = await handshake();
    const replies = await send(
      { channel: '/meta/connect', clientId },
      { channel: '/meta/subscribe', clientId, subscription: LOGGING },
    );
    expect(replies.map((reply) => reply['successful'])).to.deep.equal([true, true]);
  });

  it('sends nothing of a channel that the client has left', async () => {
    const { server, send, handshake } = streaming();
    const clientId = await handshake();
    await send({ channel: '/meta/subscribe', clientId, subscription: LOGGING });
    await send({ channel: '/meta/unsubscribe', clientId, subscription: LOGGING });
    server.publish(LOGGING, {});
    expect(await send({ channel: '/meta/connect', clientId })).to.have.length(1);
  });

  // Streaming API Developer Guide: Timeouts, 40 seconds to reconnect
  it('forgets a client that stays away', async () => {
    let now = 0;
    const { send, handshake } = streaming({ now: () => now, absenceMs: 40_000 });
    const clientId = await handshake();
    now = 40_001;
    expect((await send({ channel: '/meta/connect', clientId }))[0]).to.include({ error: '403::Unknown client' });
  });

  it('lets nobody use the client of another user, publish, or subscribe to a channel that it has not', async () => {
    const { server, send, handshake } = streaming();
    const clientId = await handshake();
    const [stranger] = await server.answer([{ channel: '/meta/connect', clientId }], '005000000000002AAA');
    expect(stranger).to.include({ successful: false, error: '403::Unknown client' });
    expect((await send({ channel: LOGGING, clientId, data: {} }))[0]).to.include({ successful: false });
    expect((await send({ channel: '/meta/subscribe', clientId, subscription: '/topic/Mine' }))[0]).to.include({
      successful: false,
      error: '403:/topic/Mine:The local org does not support this channel',
    });
  });

  it('refuses more clients of a user than anybody needs', async () => {
    const { send, handshake } = streaming();
    for (let count = 0; count < 100; count++) await handshake();
    expect((await send({ channel: '/meta/handshake' }))[0]).to.include({ error: '403::Too many clients' });
  });

  it('lets waiting requests go when the server stops', async () => {
    const org = await createLocalOrg();
    const post = async (body: unknown): Promise<unknown> => {
      const headers = { ...authorized(org), 'content-type': 'application/json' };
      return JSON.parse(
        (await call(org, '/cometd/66.0', { method: 'POST', headers, body: JSON.stringify(body) })).text,
      );
    };
    const [reply] = (await post([{ channel: '/meta/handshake', version: '1.0' }])) as readonly Reply[];
    const waiting = post({ channel: '/meta/connect', clientId: reply?.['clientId'] });
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    await org.close();
    expect(await waiting).to.have.length(1);
  });

  it('refuses what is no Bayeux message, and who has no session', async () => {
    const org = await createLocalOrg();
    try {
      const send = (body: string, headers = {}): Promise<{ readonly status: number; readonly text: string }> =>
        call(org, '/cometd/66.0', { method: 'POST', headers, body });
      const bad = await send('[{"data":1}]', authorized(org));
      expect([bad.status, bad.text]).to.deep.equal([
        400,
        '[{"message":"The body holds no Bayeux messages.","errorCode":"INVALID_REQUEST"}]',
      ]);
      expect((await send('[{"channel":"/meta/handshake"}]')).status).to.equal(401);
    } finally {
      await org.close();
    }
  });
});
