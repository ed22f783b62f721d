const SECRET_NAME =
  /^(?:authorization|proxy-authorization|cookie)$|api-?key|secret|password|access-?token|auth-?token/i;
const SECRET_LINE =
  /^(\s*(?:- )?["']?(?:[\w-]*(?:authorization|cookie|api-?key|secret|password|access-?token|auth-?token)[\w-]*)["']?\s*:\s*)\S.*$/i;
const URL_CREDENTIALS = /(\/\/)[^/@\s]+@/g;

/** Whether a header or key of this name usually carries a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** The source line without what is most likely a secret: a message must not carry it into a log. */
export function maskSecrets(line: string): string {
  return line.replace(URL_CREDENTIALS, '$1…@').replace(SECRET_LINE, '$1…');
}
