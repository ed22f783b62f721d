import { isMap, isScalar, isSeq } from 'yaml';
import type { Node, Pair } from 'yaml';
import type { Diagnostic, ProjectPath } from '../../model/index.js';
import { excerptOf } from '../../diagnostics/index.js';
import type { Finding, Path, Problem } from '../../diagnostics/index.js';
import { parseYaml } from './parse.js';
import type { ParsedText } from './parse.js';

/**
 * The text of one file, and where in it a value of its data stands. The parsed document is many times larger than the
 * text, so it is made for the first problem only, kept while more are looked for, and made again for the rare one that comes later.
 */
export class YamlSource {
  public constructor(
    public readonly file: ProjectPath,
    private readonly text: string,
    private parsed?: ParsedText,
  ) {}

  /** Frees the parsed document. */
  public release(): void {
    this.parsed = undefined;
  }

  /** The diagnostic of a problem at an offset into the text. */
  public atOffset(offset: number, problem: Problem): Diagnostic {
    const { lines } = this.parse();
    const found = lines.linePos(Math.min(offset, this.text.length));
    const line = Math.max(found.line, 1);
    const column = Math.max(found.col, 1);
    const start = lines.lineStarts[line - 1] ?? 0;
    const end = lines.lineStarts[line] ?? this.text.length;
    const lineText = this.text.slice(start, end).replace(/\r?\n$/, '');
    return diagnosticAt({ file: this.file, line, column }, lineText, problem);
  }

  /** The diagnostic of a finding: at the value, at its key, or at a piece of the value's text. */
  public toDiagnostic({ path, problem }: Finding): Diagnostic {
    return this.atOffset(this.offsetOf(path, problem), problem);
  }

  private parse(): ParsedText {
    this.parsed ??= parseYaml(this.text);
    return this.parsed;
  }

  private offsetOf(path: Path, { details }: Problem): number {
    const place = this.find(path);
    if (details.atKey === true || place.value === undefined) return place.key;
    const [start, end] = place.value;
    if (details.token !== undefined) {
      const within = this.text.slice(start, end).indexOf(details.token);
      if (within >= 0) return start + within;
    }
    return start === end ? place.key : start;
  }

  /** The place of the value at `path`, or of its nearest ancestor that is there. */
  private find(path: Path): { readonly key: number; readonly value: readonly [number, number] | undefined } {
    let key = 0;
    let node: Node | null | undefined = this.parse().document?.contents;
    for (const [depth, step] of path.entries()) {
      if (isMap(node)) {
        const pair: Pair | undefined = node.items.find((item) => keyText(item.key) === String(step));
        if (pair === undefined) return { key, value: undefined };
        if (isScalar(pair.key)) key = pair.key.range?.[0] ?? key;
        node = isNode(pair.value) ? pair.value : null;
      } else if (isSeq(node) && typeof step === 'number') {
        const item: unknown = node.items[step];
        node = isNode(item) ? item : null;
        key = node?.range?.[0] ?? key;
      } else {
        return { key, value: undefined };
      }
      if (node === null && depth < path.length - 1) return { key, value: undefined };
    }
    const range = node?.range;
    return { key, value: range === undefined || range === null ? undefined : [range[0], range[1]] };
  }
}

/** The diagnostic of a problem at a known line and column. */
export function diagnosticAt(position: Diagnostic['position'], lineText: string, problem: Problem): Diagnostic {
  const { rule, message, details } = problem;
  return {
    severity: rule.severity,
    code: rule.code,
    position,
    message,
    excerpt: excerptOf(lineText, position.column),
    reason: details.reason ?? rule.reason,
    fix: details.fix ?? rule.fix,
    suggestion: details.suggestion,
  };
}

function isNode(value: unknown): value is Node {
  return isMap(value) || isSeq(value) || isScalar(value);
}

function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  return typeof key.value === 'string' ? key.value : key.source;
}
