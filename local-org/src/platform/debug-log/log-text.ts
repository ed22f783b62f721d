import { Buffer } from 'node:buffer';

/** Debug logs are 20 MB or smaller; older lines give way (Apex Developer Guide: Debug Log Limits). */
const MAX_BYTES = 20_000_000;
/** Room that is made at once, so that not every further line drops one. */
const DROP_BYTES = 1_000_000;

interface Line {
  readonly text: string;
  readonly bytes: number;
}

/** Sessions never get into a log (Apex Developer Guide: Debug Log: "Session IDs are replaced with SESSION_ID_REMOVED"). */
const SESSION_ID = /\b00D[0-9A-Za-z]{12,15}![\w.]+/g;

/** The lines of a debug log, of which the oldest give way when it gets too large. */
export class LogText {
  private readonly head: Line[] = [];
  private lines: Line[] = [];
  private size = 0;
  private skipped = 0;

  /** @param maximum bytes; smaller only in tests of the limit */
  constructor(private readonly maximum = MAX_BYTES) {}

  /** Adds a line of the log's beginning, which stays. */
  addHead(text: string): void {
    this.head.push(this.measured(text));
  }

  add(text: string): void {
    this.lines.push(this.measured(text));
    if (this.size > this.maximum) this.makeRoom();
  }

  private measured(text: string): Line {
    const clean = text.includes('!') ? text.replace(SESSION_ID, 'SESSION_ID_REMOVED') : text;
    const line = { text: clean, bytes: Buffer.byteLength(clean) + 1 };
    this.size += line.bytes;
    return line;
  }

  private makeRoom(): void {
    const target = this.maximum - Math.min(DROP_BYTES, this.maximum / 20);
    let gone = 0;
    while (this.size > target && gone < this.lines.length) {
      const bytes = this.lines[gone]?.bytes ?? 0;
      this.size -= bytes;
      this.skipped += bytes;
      gone++;
    }
    this.lines = this.lines.slice(gone);
  }

  /** Bytes of the text, without the mark for what was skipped. */
  get bytes(): number {
    return this.size;
  }

  toString(): string {
    const skipped =
      this.skipped === 0 ? [] : [`*** Skipped ${this.skipped.toLocaleString('en-US')} bytes of detailed log`];
    return [...this.head.map(({ text }) => text), ...skipped, ...this.lines.map(({ text }) => text), ''].join('\n');
  }
}
