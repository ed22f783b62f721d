import { expect } from 'chai';
import { fileURLToPath } from 'node:url';
import { readSourceFolders } from '../../../local-org/src/apex/test-runner/index.js';
import { laterOrg } from './later.js';

const METADATA = fileURLToPath(new URL('../../old-design/metadata', import.meta.url));

describe('the old design', () => {
  // PLATFORM 2.4: without a fault path an answer of 401 loses the update, and nothing in the org says so.
  for (const status of [200, 401]) {
    it(`sends each change of a name once, after the commit, and never again after ${status}`, async () => {
      const seen: string[] = [];
      const org = laterOrg(readSourceFolders([METADATA]), {
        callouts: ({ method, endpoint }) => {
          seen.push(`${method} ${endpoint.replace(/001\w{15}/, 'ID')}`);
          return Promise.resolve({ status, statusText: '', headers: [], body: Buffer.from('{}') });
        },
      });
      org.run(`insert new Account(Name = 'a');`);
      await org.advance(0);
      expect(seen).to.deep.equal([]);
      org.run(`Account one = [SELECT Id FROM Account]; one.Name = 'b'; update one; one.Phone = '1'; update one;`);
      expect(seen).to.deep.equal([]);
      await org.advance(3_600_000);
      expect(seen).to.deep.equal(['PUT callout:Erp/accounts/ID?name=b']);
    });
  }
});
