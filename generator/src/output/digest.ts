import { hash } from 'node:crypto';

/** Digests of files by path: what stood on disk when everything was as it should be. */
export type FileDigests = Readonly<Record<string, string>>;

/** Tells one content of a file from another; of a text, that of its bytes in UTF-8. */
export function digestOf(content: string | Buffer): string {
  return hash('sha1', content, 'base64');
}
