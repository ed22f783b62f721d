import { z } from 'zod';

/** One value of a principal: `clientSecret`, `ApiKey`. */
const credentialValue = z.object({ value: z.string(), encrypted: z.boolean() }).readonly();
export type CredentialValue = z.infer<typeof credentialValue>;

const token = z
  .object({
    accessToken: z.string(),
    refreshToken: z.string().optional(),
    /** Grows with every token of the principal. */
    revision: z.number(),
  })
  .readonly();
/** What an authorization server issued to a principal. */
export type StoredToken = z.infer<typeof token>;

export const principalKey = z
  .object({
    externalCredential: z.string(),
    principalType: z.enum(['NamedPrincipal', 'PerUserPrincipal']),
    principalName: z.string(),
    /** Whose credentials they are; only per-user principals have it. */
    userId: z.string().optional(),
  })
  .readonly();
/** Whose secrets they are. */
export type PrincipalKey = z.infer<typeof principalKey>;

const principalRecord = z
  .object({ key: principalKey, values: z.record(z.string(), credentialValue), token: token.optional() })
  .readonly();
export type PrincipalRecord = z.infer<typeof principalRecord>;

const providerRecord = z.object({ name: z.string(), values: z.record(z.string(), z.string()) }).readonly();
const keyRecord = z.object({ certificate: z.string(), privateKey: z.string() }).readonly();

/** The file that keeps secrets across restarts. */
export const secretFile = z.object({
  version: z.literal(1),
  principals: z.array(principalRecord).readonly(),
  providers: z.array(providerRecord).readonly(),
  keys: z.array(keyRecord).readonly(),
});
export type SecretFile = z.infer<typeof secretFile>;
