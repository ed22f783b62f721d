/** A request to an action over REST: the inputs by name, as JSON. */
export type ActionInputs = Readonly<Record<string, unknown>>;

/** What became of one request to an action (Actions Developer Guide). */
export type ActionOutcome =
  | { readonly ok: true; readonly outputs: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly statusCode: string; readonly message: string };

/** An input that the action does not have, or lacks. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
}

/** Values by lower-cased name. @throws InvalidInput for a name that is not among those of the action */
export function inputsByName(inputs: ActionInputs, names: readonly string[]): ReadonlyMap<string, unknown> {
  const known = new Set(names.map((name) => name.toLowerCase()));
  const given = Object.entries(inputs).map(([name, value]) => [name, value] as const);
  for (const [name] of given)
    if (!known.has(name.toLowerCase())) throw new InvalidInput(`The input parameter "${name}" doesn't exist.`);
  return new Map(given.map(([name, value]) => [name.toLowerCase(), value] as const));
}
