/** Postal address of an account as the external system keeps it. */
export interface BillingAddress {
  /** Street and house number, lines separated by a line feed. */
  street?: string;
  /** Town or city. */
  city?: string;
  /** Postal code, as text because of leading zeros. */
  postalCode?: string;
  /** Country name. */
  country?: string;
}

/** What the external system is told when an account changes. */
export interface AccountUpdate {
  /** Salesforce id of the account; the external system's key. */
  externalId: string;
  /** Account name. */
  name: string;
  /** Main telephone number. */
  phone?: string;
  /** Web address; null tells the external system to clear it. */
  website: string | null;
  /** Service tier. */
  tier?: 'standard' | 'gold';
  /** Annual revenue in the currency of the org. */
  annualRevenue?: number;
  /**
   * Number of employees.
   * @apex Integer
   */
  employees?: number;
  /** When the account was last changed. */
  updatedAt: Date;
  /** Billing address. */
  billing?: BillingAddress;
  /** Labels that the external system groups accounts by. */
  tags?: string[];
}
