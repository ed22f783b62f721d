/** Text in which statements stand on the lines of their Apex source, so that JavaScript's own stack traces give Apex lines. */
export class LineWriter {
  private readonly parts: string[] = [];

  /** @param line line on which the text begins */
  constructor(private line = 1) {}

  /** Moves down to a line; does nothing when the text is already there or below. */
  at(line: number): this {
    if (line > this.line) {
      this.parts.push('\n'.repeat(line - this.line));
      this.line = line;
    }
    return this;
  }

  /** Adds text without line breaks. */
  put(text: string): this {
    this.parts.push(text);
    return this;
  }

  /** Adds text that was written by a writer which began on this one's line. */
  append(other: LineWriter): this {
    this.parts.push(other.toString());
    this.line = other.line;
    return this;
  }

  get currentLine(): number {
    return this.line;
  }

  toString(): string {
    return this.parts.join('');
  }
}
