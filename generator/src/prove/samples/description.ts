import * as z from 'zod';
import { UserError } from '../../errors/index.js';
import type { OrgClient } from '../../org-client/index.js';

const describedField = z.object({
  name: z.string(),
  type: z.string(),
  createable: z.boolean(),
  updateable: z.boolean(),
  nillable: z.boolean(),
  defaultedOnCreate: z.boolean(),
  length: z.number().default(0),
  picklistValues: z.array(z.object({ value: z.string(), active: z.boolean() })).default([]),
  referenceTo: z.array(z.string()).default([]),
  relationshipName: z.string().nullable().default(null),
});

/** What a sample needs to know about a field (REST API: sObject Describe). */
export type DescribedField = z.infer<typeof describedField>;

const description = z.object({ fields: z.array(describedField) });

/** The fields of an object in an org. */
export class ObjectDescription {
  readonly #byName: ReadonlyMap<string, DescribedField>;

  private constructor(
    readonly name: string,
    readonly fields: readonly DescribedField[],
  ) {
    this.#byName = new Map(fields.map((field) => [field.name.toLowerCase(), field]));
  }

  public static async read(org: OrgClient, name: string): Promise<ObjectDescription> {
    return new ObjectDescription(name, description.parse(await org.data('GET', `/sobjects/${name}/describe`)).fields);
  }

  /** The field that a path begins at: `Phone` itself, for `Account__r.Name` the reference. Throws UserError `NoSampleError`. */
  public fieldOf(path: string): DescribedField {
    const [first = '', ...rest] = path.split('.');
    const field =
      rest.length === 0
        ? this.#byName.get(first.toLowerCase())
        : this.fields.find((candidate) => candidate.relationshipName?.toLowerCase() === first.toLowerCase());
    if (field === undefined) throw noSample(this.name, `the org knows no field ${path}`);
    return field;
  }
}

/** Why no sample record of an object can be made. */
export function noSample(object: string, why: string): UserError {
  return new UserError('NoSampleError', `No sample record of ${object} can be made: ${why}.`, {
    actions: ['Leave the integration out: name the others with --integration.'],
  });
}
