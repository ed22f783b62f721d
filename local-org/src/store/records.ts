import { z } from 'zod';
import { deployOptions, deployResult } from './deploy-result.js';

const component = z.object({
  type: z.string(),
  fullName: z.string(),
  fileName: z.string(),
  content: z.string(),
  metaXml: z.string().optional(),
});

/** A component as it stands in the org. Dates are ISO 8601 in UTC. */
export const storedComponent = z
  .object({
    ...component.shape,
    id: z.string(),
    createdDate: z.string(),
    lastModifiedDate: z.string(),
    /** Ids of the components inside it, by `type:lower-cased full name`. */
    childIds: z.record(z.string(), z.string()),
  })
  .readonly();
export type StoredComponent = z.infer<typeof storedComponent>;

/** What was deployed, kept with a validation so that it can be deployed later without sending it again. */
export const storedPackage = z
  .object({
    apiVersion: z.string(),
    root: z.string(),
    components: z.array(component.readonly()).readonly(),
    deletions: z
      .array(z.object({ type: z.string(), fullName: z.string(), when: z.enum(['pre', 'post']) }).readonly())
      .readonly(),
    /** Components that package.xml names themselves, not only children of theirs: `type:lower-cased full name`. */
    named: z.array(z.string()).readonly(),
  })
  .readonly();
export type StoredPackage = z.infer<typeof storedPackage>;

/** A deployment with what it takes to show or repeat it. */
export const deploymentRecord = z
  .object({ result: deployResult, options: deployOptions, validated: storedPackage.optional() })
  .readonly();
export type DeploymentRecord = z.infer<typeof deploymentRecord>;

export const storedUser = z
  .object({
    id: z.string(),
    username: z.string(),
    name: z.string(),
    active: z.boolean(),
    kind: z.enum(['standard', 'automatedProcess', 'defaultWorkflow']),
  })
  .readonly();

/** Facts about the org that never change after it was made. */
export const orgIdentity = z.object({ id: z.string(), name: z.string(), createdDate: z.string() }).readonly();
export type OrgIdentity = z.infer<typeof orgIdentity>;

/** One line of the journal. A line is the unit of atomicity: a deployment and what it changed are in one. */
export const journalEntry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('org'), version: z.literal(1), org: orgIdentity }).readonly(),
  z.object({ kind: z.literal('users'), users: z.array(storedUser).readonly() }).readonly(),
  z.object({ kind: z.literal('certificates'), names: z.array(z.string()).readonly() }).readonly(),
  z
    .object({
      kind: z.literal('deployment'),
      record: deploymentRecord,
      put: z.array(storedComponent).readonly(),
      remove: z.array(z.string()).readonly(),
    })
    .readonly(),
  z.object({ kind: z.literal('components'), put: z.array(storedComponent).readonly() }).readonly(),
]);
export type JournalEntry = z.infer<typeof journalEntry>;
