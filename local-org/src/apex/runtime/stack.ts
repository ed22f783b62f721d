import type { ApexThrowable } from './exceptions.js';

/** One Apex frame: `Class.Dispatcher.send: line 12, column 1`. */
export interface StackFrame {
  /** `Class.Outer.Inner.method`, `Trigger.Name`, `AnonymousBlock`. */
  readonly place: string;
  readonly line: number;
}

/** Names of compiled functions: JavaScript function name to Apex place. */
const places = new Map<string, string>();

/** Tells which Apex place a compiled function stands for. Function names are unique in the process. */
export function registerPlace(functionName: string, place: string): void {
  places.set(functionName, place);
}

export function forgetPlaces(functionNames: Iterable<string>): void {
  for (const name of functionNames) places.delete(name);
}

const FRAME = /at (?:new )?(?:[\w$.]+\.)?(\$f\d+_\d+(?:_g)?)(?: \[as [^\]]+\])? \(apex:[^()]*:(\d+):\d+\)/;

/** The Apex frames of a JavaScript stack text, innermost first. Compiled code keeps the line numbers of its source. */
export function framesOf(stack: string | undefined): readonly StackFrame[] {
  const frames: StackFrame[] = [];
  for (const line of (stack ?? '').split('\n')) {
    const match = FRAME.exec(line);
    const place = match?.[1] === undefined ? undefined : places.get(match[1]);
    if (place !== undefined) frames.push({ place, line: Number(match?.[2]) });
  }
  return frames;
}

export function throwableFrames(exception: ApexThrowable): readonly StackFrame[] {
  return framesOf(exception.$x.trace?.stack);
}

/** `getStackTraceString()`. */
export function stackTrace(exception: ApexThrowable): string {
  return throwableFrames(exception)
    .map(({ place, line }) => `${place}: line ${line}, column 1`)
    .join('\n');
}

/** Line of the innermost Apex frame of the running code; `EXTERNAL`, as debug logs call it, outside of Apex. */
export function currentLine(): number | 'EXTERNAL' {
  return framesOf(new Error('line').stack)[0]?.line ?? 'EXTERNAL';
}
