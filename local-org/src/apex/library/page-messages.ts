import {
  type ApexEnum,
  ApexList,
  type ApexThrowable,
  type ApexRuntime,
  type LibraryModule,
  type PropertyObject,
  type TestState,
  type Transaction,
} from '../runtime/index.js';
import { platform } from '../types/types.js';
import { required } from './arguments.js';
import { bean } from './bean.js';
import { currentPage } from './page-reference.js';

const messages = new WeakMap<TestState | Transaction, PropertyObject[]>();

function messagesOf(runtime: ApexRuntime): PropertyObject[] {
  const holder = runtime.tx.test ?? runtime.tx;
  let list = messages.get(holder);
  if (list === undefined) {
    list = [];
    messages.set(holder, list);
  }
  return list;
}

export function clearMessages(runtime: ApexRuntime): void {
  messagesOf(runtime).length = 0;
}

/** One message per failed record of a DmlException, otherwise the exception's own. */
function addMessages(runtime: ApexRuntime, error: ApexThrowable): void {
  const severity = runtime.platformEnum('ApexPages.Severity', 'ERROR');
  const texts = error.$x.dmlFailures.map(({ message }) => message);
  for (const summary of texts.length > 0 ? texts : [error.$x.message ?? ''])
    messagesOf(runtime).push(bean(runtime, 'ApexPages.Message', { severity, summary, detail: summary }));
}

/** System.ApexPages: the page that is shown, and what it has to say. */
export const apexPagesModule: LibraryModule = {
  owner: 'System.ApexPages',
  members: (runtime) => ({
    addMessage: (message: PropertyObject | null) => {
      const added = required(message);
      // The same message twice shows once.
      const known = messagesOf(runtime).some(
        (one) => one.get('summary') === added.get('summary') && one.get('severity') === added.get('severity'),
      );
      if (!known) messagesOf(runtime).push(added);
    },
    addMessages: (error: ApexThrowable | null) => addMessages(runtime, required(error)),
    currentPage: () => currentPage(runtime),
    getMessages: () => new ApexList(platform('ApexPages.Message'), [...messagesOf(runtime)]),
    'hasMessages/0': () => messagesOf(runtime).length > 0,
    'hasMessages/1': (severity: ApexEnum) =>
      messagesOf(runtime).some((message) => message.get('severity') === severity),
  }),
};
