import { zoneOffset } from '../../data/index.js';
import {
  ApexThrowable,
  exceptionText,
  type Clock,
  type TraceCategory,
  type TraceEvent,
  type TraceLevel,
  type TransactionTrace,
} from '../../apex/runtime/index.js';
import { CodeFrames } from './code-frames.js';
import { levelsText, shows, type LogLevels } from './levels.js';
import { LogText } from './log-text.js';
import { userInfoParts, type LogUser } from './user-info.js';

/** API version of a log's first line. */
const API_VERSION = '66.0';

export interface DebugLogOptions {
  readonly levels: LogLevels;
  readonly user: LogUser;
  readonly clock: Clock;
  /** Id of a class by its full name; empty when the org keeps none. */
  readonly classId: (className: string) => string;
  /** Code of an anonymous block, which the log shows first. */
  readonly anonymous?: string | undefined;
  /** Bytes; smaller only in tests of the limit. */
  readonly maximum?: number;
}

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');

/**
 * One debug log in the platform's text format (Apex Developer Guide: Debug Log; PLATFORM 4). It holds one transaction, or those of one test
 * class after the other. `HEAP_ALLOCATE`, `VARIABLE_ASSIGNMENT`, `VARIABLE_SCOPE_*` and `SYSTEM_METHOD_*` are not in it.
 */
export class DebugLog {
  /** Wall clock at which it began, milliseconds since 1970. */
  readonly startedAt: number;
  /** Milliseconds from its beginning to the end of its last transaction. */
  duration = 0;
  /** Text of the error that ended a transaction. */
  failure: string | undefined;
  private readonly text: LogText;
  private readonly started = process.hrtime.bigint();
  private readonly offset: number;
  private transactions = 0;
  private noted = 0;

  constructor(private readonly options: DebugLogOptions) {
    this.startedAt = options.clock.now();
    this.offset = zoneOffset(options.user.timeZone, this.startedAt);
    this.text = new LogText(options.maximum);
    this.text.addHead(`${API_VERSION} ${levelsText(options.levels)}`);
    if (options.anonymous !== undefined)
      for (const line of options.anonymous.split(/\r\n|\r|\n/)) this.text.addHead(`Execute Anonymous: ${line}`);
  }

  wants(category: TraceCategory, level: TraceLevel): boolean {
    return shows(this.options.levels, category, level);
  }

  /** Logs an event; the caller has asked whether it is wanted. */
  note({ event, line, parts }: TraceEvent): void {
    this.noted++;
    this.text.add(this.line(event, line, parts));
  }

  private line(event: string, line: TraceEvent['line'], parts: readonly string[]): string {
    const now = this.options.clock.now();
    const nanoseconds = process.hrtime.bigint() - this.started;
    const place = line === undefined ? [] : [`[${line}]`];
    return [`${this.time(now)} (${nanoseconds})`, event, ...place, ...parts].join('|');
  }

  /** `HH:mm:ss.SSS` in the user's time zone. */
  private time(now: number): string {
    const wall = new Date(now + this.offset);
    const seconds = `${pad(wall.getUTCHours(), 2)}:${pad(wall.getUTCMinutes(), 2)}:${pad(wall.getUTCSeconds(), 2)}`;
    return `${seconds}.${pad(wall.getUTCMilliseconds(), 3)}`;
  }

  /** A transaction of the log begins. */
  begin(): TransactionTrace {
    const { levels, user } = this.options;
    const hasCode = shows(levels, 'ApexCode', 'ERROR');
    if (hasCode) {
      const userInfo = this.line('USER_INFO', 'EXTERNAL', userInfoParts(user, this.options.clock.now()));
      if (this.transactions++ === 0) this.text.addHead(userInfo);
      else this.text.add(userInfo);
      this.text.add(this.line('EXECUTION_STARTED', undefined, []));
    }
    const follows = shows(levels, 'ApexCode', 'FINE');
    return {
      wants: (category, level) => this.wants(category, level),
      note: (event) => this.note(event),
      code: follows
        ? new CodeFrames({
            note: (event) => this.note(event),
            hasStatements: shows(levels, 'ApexCode', 'FINER'),
            classId: this.options.classId,
          })
        : undefined,
      end: (error) => {
        if (hasCode) this.text.add(this.line('EXECUTION_FINISHED', undefined, []));
        this.duration = Number((process.hrtime.bigint() - this.started) / 1_000_000n);
        if (error !== undefined) this.failure ??= failureText(error);
      },
    };
  }

  /** True while it shows nothing but that transactions began and ended. */
  get isEmpty(): boolean {
    return this.noted === 0;
  }

  get bytes(): number {
    return this.text.bytes;
  }

  toString(): string {
    return this.text.toString();
  }
}

function failureText(error: object): string {
  if (error instanceof ApexThrowable) return exceptionText(error);
  return error instanceof Error ? error.message : String(error);
}
