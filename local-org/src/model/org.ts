import type { Component } from './component.js';

/** A user of the org that metadata may name. */
export interface OrgUser {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly active: boolean;
  /** Standard users run business; the other two exist in every org (PLATFORM 1.5.4). */
  readonly kind: 'standard' | 'automatedProcess' | 'defaultWorkflow';
}

/** What is in the org before a deployment, read-only for the checks. */
export interface OrgView {
  /** Deployed components by `type` and lower-cased `fullName`. */
  component(type: string, fullName: string): Component | undefined;
  components(type: string): readonly Component[];
  readonly users: readonly OrgUser[];
}

/** A user that exists before anybody makes one. Without an id the org gives it one. */
export type UserFact = Omit<OrgUser, 'id'> & { readonly id?: string | undefined };

/** What an org is told about itself: the rest of its base data is the same everywhere. */
export interface OrgFacts {
  readonly organization: { readonly id?: string | undefined; readonly name: string };
  /** Username of the administrator among the users. */
  readonly adminUsername: string;
  readonly users: readonly UserFact[];
}
