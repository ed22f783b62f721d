import { randomUUID } from 'node:crypto';
import { StreamingClient } from './client.js';
import type { BayeuxMessage, BayeuxReply } from './messages.js';

/** Channels that clients can subscribe to: news of debug logs, and of test runs. */
export const CHANNELS = { logging: '/systemTopic/Logging', testResult: '/systemTopic/TestResult' } as const;

export interface StreamingOptions {
  /** How long a connect request waits for an event, milliseconds (Streaming API Developer Guide: Timeouts). */
  readonly holdMs?: number;
  /** A client that stays away so long is forgotten, milliseconds. */
  readonly absenceMs?: number;
  /** Milliseconds since any fixed point. */
  readonly now?: () => number;
}

const HOLD_MS = 110_000;
const ABSENCE_MS = 40_000;
const RETRY = { reconnect: 'retry', interval: 0 } as const;

/** Clients of one user; more are refused, so that nobody fills the memory with handshakes. */
const MAX_CLIENTS = 100;

/**
 * The streaming API: the Bayeux protocol over long polling, as CometD and faye speak it, with the channels that the local org has. Written here
 * because what libraries add, such as publishing by clients and wildcards, is what the platform does not let clients do.
 */
export class Streaming {
  private readonly clients = new Map<string, StreamingClient>();
  private readonly holdMs: number;
  private readonly absenceMs: number;
  private readonly now: () => number;
  private isClosed = false;

  constructor({ holdMs = HOLD_MS, absenceMs = ABSENCE_MS, now = () => performance.now() }: StreamingOptions = {}) {
    this.holdMs = holdMs;
    this.absenceMs = absenceMs;
    this.now = now;
  }

  /** Answers the messages of one request. A connect alone in its request waits for events. */
  async answer(messages: readonly BayeuxMessage[], userId: string): Promise<readonly BayeuxReply[]> {
    this.forgetAbsent();
    const replies: BayeuxReply[] = [];
    for (const message of messages) replies.push(...(await this.one(message, userId, messages.length === 1)));
    return replies;
  }

  /** Tells everybody who has subscribed to the channel. */
  publish(channel: string, data: BayeuxReply): void {
    for (const client of this.clients.values()) if (client.channels.has(channel)) client.push({ channel, data });
  }

  /** Lets every waiting request go. */
  close(): void {
    this.isClosed = true;
    for (const client of this.clients.values()) client.release();
  }

  private async one(message: BayeuxMessage, userId: string, isAlone: boolean): Promise<readonly BayeuxReply[]> {
    const { channel } = message;
    if (channel === '/meta/handshake') return [this.handshake(message, userId)];
    const client = this.clients.get(message.clientId ?? '');
    if (client?.userId !== userId)
      return [refusal(message, '403::Unknown client', { reconnect: 'handshake', interval: 0 })];
    client.lastSeen = this.now();
    switch (channel) {
      case '/meta/connect':
        return this.connect(message, client, isAlone);
      case '/meta/subscribe':
        return subscriptionsOf(message).map((wanted) => subscribe(message, client, wanted));
      case '/meta/unsubscribe':
        return subscriptionsOf(message).map((wanted) => {
          client.channels.delete(wanted);
          return success(message, { subscription: wanted });
        });
      case '/meta/disconnect':
        this.clients.delete(client.id);
        client.release();
        return [success(message)];
      default:
        return [refusal(message, `403:${channel}:Clients cannot publish`)];
    }
  }

  private handshake(message: BayeuxMessage, userId: string): BayeuxReply {
    const mine = [...this.clients.values()].filter((client) => client.userId === userId);
    if (mine.length >= MAX_CLIENTS) return refusal(message, '403::Too many clients', { reconnect: 'none' });
    const client = new StreamingClient(randomUUID(), userId, this.now());
    this.clients.set(client.id, client);
    return success(message, {
      version: '1.0',
      minimumVersion: '1.0',
      clientId: client.id,
      supportedConnectionTypes: ['long-polling'],
      advice: { ...RETRY, timeout: this.holdMs },
    });
  }

  private async connect(
    message: BayeuxMessage,
    client: StreamingClient,
    isAlone: boolean,
  ): Promise<readonly BayeuxReply[]> {
    if (isAlone && !this.isClosed) await client.wait(this.holdMs);
    client.lastSeen = this.now();
    return [success(message, { advice: { ...RETRY, timeout: this.holdMs } }), ...client.take()];
  }

  private forgetAbsent(): void {
    const oldest = this.now() - this.absenceMs;
    for (const client of this.clients.values())
      if (!client.isConnected && client.lastSeen < oldest) this.clients.delete(client.id);
  }
}

function subscribe(message: BayeuxMessage, client: StreamingClient, channel: string): BayeuxReply {
  if (!Object.values<string>(CHANNELS).includes(channel))
    return { ...refusal(message, `403:${channel}:The local org does not support this channel`), subscription: channel };
  client.channels.add(channel);
  return success(message, { subscription: channel });
}

function subscriptionsOf({ subscription }: BayeuxMessage): readonly string[] {
  return typeof subscription === 'string' ? [subscription] : (subscription ?? []);
}

function base({ channel, id, clientId }: BayeuxMessage): BayeuxReply {
  return {
    channel,
    ...(id === undefined ? {} : { id }),
    ...(clientId === undefined ? {} : { clientId }),
  };
}

function success(message: BayeuxMessage, more: BayeuxReply = {}): BayeuxReply {
  return { ...base(message), successful: true, ...more };
}

function refusal(message: BayeuxMessage, error: string, advice?: BayeuxReply): BayeuxReply {
  return { ...base(message), successful: false, error, ...(advice === undefined ? {} : { advice }) };
}
