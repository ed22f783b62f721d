import { ApexBlob } from '../../data/index.js';
import { ApexMap, PlatformObject, type LibraryModule } from '../runtime/index.js';
import { PRIMITIVES } from '../types/types.js';
import { text } from './arguments.js';

const textMap = (): ApexMap => new ApexMap(PRIMITIVES.String, PRIMITIVES.String);

/** System.RestRequest: fields under their own names, lower-cased first letter. */
class RestRequestObject extends PlatformObject {
  override readonly typeName = 'System.RestRequest';
  headers = textMap();
  params = textMap();
  httpMethod: string | null = null;
  requestURI: string | null = null;
  resourcePath: string | null = null;
  remoteAddress: string | null = null;
  requestBody: ApexBlob | null = ApexBlob.ofText('');
}

class RestResponseObject extends PlatformObject {
  override readonly typeName = 'System.RestResponse';
  headers = textMap();
  statusCode: number | null = null;
  responseBody: ApexBlob | null = null;
}

export const restModules: readonly LibraryModule[] = [
  {
    owner: 'System.RestRequest',
    members: () => ({
      '<init>': () => new RestRequestObject(),
      addHeader: (self: RestRequestObject, name: string | null, value: string | null) =>
        void self.headers.put(text(name), value),
      addParameter: (self: RestRequestObject, name: string | null, value: string | null) =>
        void self.params.put(text(name), value),
    }),
  },
  {
    owner: 'System.RestResponse',
    members: () => ({
      '<init>': () => new RestResponseObject(),
      addHeader: (self: RestResponseObject, name: string | null, value: string | null) =>
        void self.headers.put(text(name), value),
    }),
  },
  {
    owner: 'System.RestContext',
    members: (runtime) => ({
      request: () => runtime.tx.platformStatics.get('system.restcontext.request') ?? null,
      response: () => runtime.tx.platformStatics.get('system.restcontext.response') ?? null,
    }),
  },
];
