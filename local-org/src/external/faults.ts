import { setTimeout as delay } from 'node:timers/promises';
import type { Behaviour, Fault, FaultEffect, FaultEndpoint } from './behaviour/index.js';
import type { Chance } from './chance.js';
import { matchesPath } from './path-pattern.js';

type EffectOf<Kind extends FaultEffect['kind']> = Extract<FaultEffect, { readonly kind: Kind }>;

/** What goes wrong with one request. */
export interface PlannedFaults {
  /** Milliseconds to wait before anything else. */
  readonly latency: number;
  readonly reset: 'before' | 'after' | undefined;
  readonly slowBody: EffectOf<'slowBody'> | undefined;
  readonly answer: EffectOf<'answer'> | undefined;
}

/** Draws faults for requests. The n-th request that a rule matches always gets the same answer from the same seed. */
export class FaultPlanner {
  readonly #behaviour: () => Behaviour;
  readonly #chance: Chance;
  /** How many requests a rule matched. Rules are compared as objects: changed behaviour starts to count anew. */
  #matches = new WeakMap<Fault, number>();

  public constructor(behaviour: () => Behaviour, chance: Chance) {
    this.#behaviour = behaviour;
    this.#chance = chance;
  }

  public plan(endpoint: FaultEndpoint, method: string, path: string): PlannedFaults {
    const effects = this.#behaviour()
      .faults.filter(({ when }) => when.endpoint === endpoint && fits(when, method, path))
      .flatMap((rule, at) => this.#draw(rule, at));
    const latency = firstOf(effects, 'latency');
    return {
      latency: latency?.delay ?? 0,
      reset: firstOf(effects, 'reset')?.effect.phase,
      slowBody: firstOf(effects, 'slowBody')?.effect,
      answer: firstOf(effects, 'answer')?.effect,
    };
  }

  /** Starts to count anew. */
  public clear(): void {
    this.#matches = new WeakMap();
  }

  #draw(rule: Fault, at: number): readonly Drawn[] {
    const match = (this.#matches.get(rule) ?? 0) + 1;
    this.#matches.set(rule, match);
    const { skip, times, share } = rule.when;
    const number = match - skip;
    if (number < 1 || (times !== undefined && number > times)) return [];
    if (share < 1 && this.#chance.share(`fault:${at}:${number}`) >= share) return [];
    const { effect } = rule;
    const jitter = effect.kind === 'latency' ? effect.jitter * this.#chance.share(`jitter:${at}:${number}`) : 0;
    return [{ effect, delay: effect.kind === 'latency' ? Math.round(effect.milliseconds + jitter) : 0 }];
  }
}

interface Drawn<Effect extends FaultEffect = FaultEffect> {
  readonly effect: Effect;
  readonly delay: number;
}

function firstOf<Kind extends FaultEffect['kind']>(
  drawn: readonly Drawn[],
  kind: Kind,
): Drawn<EffectOf<Kind>> | undefined {
  return drawn.find((one): one is Drawn<EffectOf<Kind>> => one.effect.kind === kind);
}

function fits(when: Fault['when'], method: string, path: string): boolean {
  if (when.method !== undefined && when.method.toUpperCase() !== method) return false;
  return when.path === undefined || matchesPath(when.path, path);
}

/** Waits without keeping a process alive that wants to end. */
export async function wait(milliseconds: number): Promise<void> {
  if (milliseconds > 0) await delay(milliseconds, undefined, { ref: false });
}
