/** A name that no certificate of an org can have. */
export class InvalidCertificateNameError extends Error {
  public override readonly name = 'InvalidCertificateNameError';
}

const CERTIFICATE_NAME = /^[A-Za-z](?:_?[A-Za-z0-9])*$/;
const MAXIMUM_LENGTH = 64;

/**
 * The certificates that an org must have: those that it has, and those that the options name, each once whatever its
 * case. Throws InvalidCertificateNameError for a name that is no developer name.
 */
export function completeCertificates(existing: readonly string[], wanted: readonly string[]): readonly string[] {
  const names = new Map(existing.map((name) => [name.toLowerCase(), name]));
  for (const name of wanted) {
    if (!CERTIFICATE_NAME.test(name) || name.length > MAXIMUM_LENGTH) {
      throw new InvalidCertificateNameError(
        `"${name}" is not a certificate name: it has up to ${MAXIMUM_LENGTH} letters, digits and single underscores, and begins with a letter.`,
      );
    }
    if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  return [...names.values()];
}
