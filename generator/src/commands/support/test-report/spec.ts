import { styleText } from 'node:util';
import type { CompileError, TestMethodResult } from '../../../../../local-org/src/index.js';
import { loadMessages } from '../../../messages/index.js';

export interface SpecOptions {
  readonly colour: boolean;
  readonly log: (line: string) => void;
}

type Colour = 'green' | 'red' | 'yellow' | 'gray';

const messages = loadMessages('test');

/** Prints tests as they end, below the name of their class, and what went wrong after the last one. */
export class SpecReport {
  readonly #options: SpecOptions;
  #className: string | undefined;

  public constructor(options: SpecOptions) {
    this.#options = options;
  }

  public test({ className, methodName, outcome, milliseconds }: TestMethodResult): void {
    if (className !== this.#className) {
      this.#line('');
      this.#line(`  ${className}`);
      this.#className = className;
    }
    const mark = outcome === 'pass' ? this.#paint('green', '✔') : this.#paint('red', '✖');
    this.#line(`    ${mark} ${methodName} ${this.#paint('gray', `(${milliseconds.toFixed(0)} ms)`)}`);
  }

  /** The totals, then each test that did not pass with its message and Apex stack. */
  public summary(tests: readonly TestMethodResult[], milliseconds: number): void {
    const failures = tests.filter(({ outcome }) => outcome !== 'pass');
    const duration = this.#paint('gray', `(${(milliseconds / 1000).toFixed(1)} s)`);
    this.#line('');
    this.#line(`  ${this.#paint('green', `${tests.length - failures.length} passing`)} ${duration}`);
    if (failures.length > 0) this.#line(`  ${this.#paint('red', `${failures.length} failing`)}`);
    failures.forEach((failure, at) => this.#failure(failure, at + 1));
  }

  /** One line per error, `file:line:column`, as editors and terminals make links of. */
  public compileErrors(errors: readonly CompileError[]): void {
    for (const { fileName, line, column, message } of errors)
      this.#line(`${fileName}:${line}:${column}  ${this.#paint('red', message)}`);
  }

  public notices(notices: readonly string[]): void {
    if (notices.length === 0) return;
    this.#line('');
    this.#line(`  ${this.#paint('yellow', messages.get('info.notices'))}`);
    for (const notice of notices) this.#line(`  - ${notice}`);
  }

  #failure({ className, methodName, outcome, message, stackTrace }: TestMethodResult, number: number): void {
    const indent = (text: string): string => text.replace(/^/gm, '     ');
    this.#line('');
    this.#line(`  ${number}) ${className}.${methodName}`);
    if (outcome === 'refused') this.#line(indent(messages.get('info.refused')));
    this.#line(this.#paint('red', indent(message ?? '')));
    if (stackTrace !== undefined && stackTrace !== '') this.#line(this.#paint('gray', indent(stackTrace)));
  }

  #paint(colour: Colour, text: string): string {
    return this.#options.colour ? styleText(colour, text, { validateStream: false }) : text;
  }

  #line(text: string): void {
    this.#options.log(text);
  }
}
