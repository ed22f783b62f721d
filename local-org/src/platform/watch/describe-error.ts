import { ApexThrowable, exceptionText } from '../../apex/runtime/index.js';

/** An error in one line, without a stack trace. */
export function describeError(error: Error | object): string {
  if (error instanceof ApexThrowable) return oneLine(exceptionText(error));
  return oneLine(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}
