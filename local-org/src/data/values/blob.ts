/** Apex Blob: bytes that nobody changes. */
export class ApexBlob {
  constructor(readonly bytes: Buffer) {}

  static ofText(text: string): ApexBlob {
    return new ApexBlob(Buffer.from(text, 'utf8'));
  }

  equals(other: ApexBlob): boolean {
    return this.bytes.equals(other.bytes);
  }

  toText(): string {
    return this.bytes.toString('utf8');
  }

  /** As `String.valueOf(Blob)`: only the size. */
  toString(): string {
    return `Blob[${this.bytes.length}]`;
  }
}
