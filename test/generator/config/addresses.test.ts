import { expect } from 'chai';
import { codesOf, loadFiles } from './support.js';

function withAddress(address: string): ReturnType<typeof loadFiles> {
  const channel = JSON.stringify({ email: [address] });
  const text = `{endpoint: {url: https://api.example.com}, auth: {type: basic}, requests: [{path: /}], monitoring: {deadLetterAlerts: ${channel}}}`;
  return loadFiles({ 'config/integrations/sample.yaml': text });
}

describe('config: e-mail addresses', () => {
  const accepted = [
    "o'x@example.com",
    'first.last+tag@mail.example.co.uk',
    "!#$%&'*+/=?^_`{|}~-@example.com",
    '_team@example.com',
  ];
  for (const address of accepted) {
    it(`takes ${address} as it is`, async () => {
      const { diagnostics, integrations } = await withAddress(address);
      expect(diagnostics).to.deep.equal([]);
      expect(integrations[0]?.monitoring.deadLetterAlerts).to.deep.equal({ kind: 'email', addresses: [address] });
    });
  }

  const refused = [
    '.a@example.com',
    'a.@example.com',
    'a..b@example.com',
    '"a b"@example.com',
    'a,b@example.com',
    'a:b@example.com',
    'A <a@example.com>',
    'a@b@example.com',
    'a@example',
    'a@-example.com',
    'a\n@example.com',
    'é@example.com',
    `${'a'.repeat(70)}@example.com`,
  ];
  for (const address of refused) {
    it(`refuses ${JSON.stringify(address)}`, async () => {
      expect(codesOf(await withAddress(address))).to.deep.equal(['bad-email']);
    });
  }
});
