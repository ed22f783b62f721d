import { z } from 'zod';
import { invalidInput } from './connect-error.js';

const principalType = z.enum(['NamedPrincipal', 'PerUserPrincipal', 'AwsStsPrincipal']);

/** Which credential is meant (Connect REST API: Credential). */
const reference = z.object({
  externalCredential: z.string().min(1),
  principalName: z.string().optional(),
  principalType,
});
export type CredentialReference = z.infer<typeof reference>;

const credentialInput = reference.extend({
  authenticationProtocol: z.enum(['AwsSv4', 'Basic', 'Custom', 'Jwt', 'OAuth']),
  authenticationProtocolVariant: z.string().nullish(),
  credentials: z.record(z.string(), z.object({ value: z.string(), encrypted: z.boolean() })).default({}),
});
export type CredentialInput = z.infer<typeof credentialInput>;

const authUrlInput = reference.extend({ returnUrl: z.string().optional() });
export type AuthUrlInput = z.infer<typeof authUrlInput>;

const providerInput = z.object({
  credentials: z.array(z.object({ credentialName: z.string(), credentialValue: z.string() })),
});
export type ProviderInput = z.infer<typeof providerInput>;

const read =
  <T>(schema: z.ZodType<T>) =>
  (raw: unknown): T => {
    const parsed = schema.safeParse(raw);
    if (parsed.success) return parsed.data;
    // Paths and rules only: a message of the schema could quote what was sent.
    const places = parsed.error.issues.map(({ path }) => path.join('.') || 'body');
    throw invalidInput(`The request isn't valid: ${[...new Set(places)].join(', ')}.`);
  };

/** Read requests from outside. Each throws ConnectError. */
export const readReference = read(reference);
export const readCredentialInput = read(credentialInput);
export const readAuthUrlInput = read(authUrlInput);
export const readProviderInput = read(providerInput);
