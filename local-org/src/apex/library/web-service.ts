import type { ApexList } from '../runtime/index.js';
import { apexError, Unsupported, type ApexMap, type LibraryModule } from '../runtime/index.js';
import { required } from './arguments.js';
import { admitCallout } from './http-send.js';

/**
 * What generated stubs of web services call, with `[endpoint, SOAP action, request namespace, request, response namespace, response, type]`.
 * Tests ask their mock (Apex Developer Guide: Test Web Service Callouts); SOAP itself is not spoken.
 */
export const webServiceModule: LibraryModule = {
  owner: 'System.WebServiceCallout',
  members: (runtime) => ({
    invoke: (stub: unknown, request: unknown, response: ApexMap | null, info: ApexList | null) => {
      const { tx } = runtime;
      if (tx.test === undefined) throw new Unsupported('WebServiceCallout.invoke (SOAP)');
      admitCallout(tx);
      const mock = tx.test.mocks.get('system.webservicemock');
      if (mock === undefined)
        throw apexError('TypeException', 'Methods defined as TestMethod do not support Web service callouts');
      const [endpoint, action, , name, responseNamespace, responseName, responseType] = required(info, 4).items;
      runtime.call(mock, 'doInvoke', [
        stub,
        request,
        required(response, 3),
        endpoint,
        action,
        name,
        responseNamespace,
        responseName,
        responseType,
      ]);
    },
  }),
};
