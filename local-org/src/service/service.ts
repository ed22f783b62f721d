import type { z } from 'zod';
import type { ProcessFiles } from './state-file.js';

/** What the state file of every service says. */
export interface ServiceState {
  readonly pid: number;
  readonly port: number;
  readonly url: string;
  readonly startedAt: string;
}

/** One program of this package that runs in a process of its own, and how others find it. */
export interface Service<State extends ServiceState, Page extends ServicePage> {
  /** How messages name it: `local org "callout-local"`. */
  readonly title: string;
  readonly files: ProcessFiles;
  /** File below `local-org/bin`. */
  readonly program: string;
  readonly state: z.ZodType<State>;
  /** What the process answers about itself. */
  readonly page: z.ZodType<Page>;
  /** Where it answers that. */
  readonly pageRequest: (state: State) => PageRequest;
}

/** What a service tells about itself; a process id alone proves nothing, ids are used again. */
export interface ServicePage {
  readonly pid: number;
}

export interface PageRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type ServiceStatus<State, Page> =
  | { readonly state: 'running'; readonly found: State; readonly page: Page }
  /** The process accepts connections but does not answer: it is busy. */
  | { readonly state: 'unresponsive'; readonly found: State }
  | { readonly state: 'stopped' };
