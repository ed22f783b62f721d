import type { Subject } from '../../subject.js';
import { childrenOf, textOf, type XmlElement } from '../../xml/document.js';

/** One parameter of a named or external credential. */
export interface Parameter {
  readonly element: XmlElement;
  readonly type: string;
  readonly name: string;
  readonly value: string | undefined;
}

/** The parameters of a credential; ones without type or name are the schema's business. */
export function parametersOf({ root }: Subject, element: string): readonly Parameter[] {
  return childrenOf(root, element).flatMap((parameter) => {
    const type = textOf(parameter, 'parameterType');
    const name = textOf(parameter, 'parameterName');
    if (type === undefined || name === undefined) return [];
    return [{ element: parameter, type, name, value: textOf(parameter, 'parameterValue') }];
  });
}

/** The first child that must be there and is not, by parameter type. */
export function missingChild(parameter: Parameter, required: ReadonlyMap<string, string>): string | undefined {
  const element = required.get(parameter.type);
  return element === undefined || textOf(parameter.element, element) !== undefined ? undefined : element;
}

/** Whether a text is an absolute web address without a user, as endpoints must be. A merge field may stand anywhere. */
export function isEndpoint(text: string): boolean {
  try {
    const url = new URL(text);
    return (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '';
  } catch {
    return false;
  }
}
