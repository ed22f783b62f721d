import { expect } from 'chai';
import { InvalidRouteError, Routes } from '../../../local-org/src/platform/network/index.js';

describe('the routes of callouts', () => {
  const routes = new Routes();
  routes.replace([
    { from: 'https://erp.example.com', to: 'http://127.0.0.1:4000' },
    { from: 'https://erp.example.com/oauth2/token', to: 'http://127.0.0.1:4000/token' },
    { from: 'https://login.example.com:8443/', to: 'http://localhost:4001/idp/' },
  ]);

  const CASES: readonly (readonly [string, string])[] = [
    ['https://erp.example.com/api/v1?a=b%20c', 'http://127.0.0.1:4000/api/v1?a=b%20c'],
    ['https://ERP.example.com:443/x', 'http://127.0.0.1:4000/x'],
    ['https://erp.example.com/oauth2/token', 'http://127.0.0.1:4000/token'],
    ['https://erp.example.com/oauth2/token/revoke', 'http://127.0.0.1:4000/token/revoke'],
    ['https://erp.example.com/oauth2/tokens', 'http://127.0.0.1:4000/oauth2/tokens'],
    ['https://login.example.com:8443/token', 'http://localhost:4001/idp/token'],
    ['https://login.example.com/token', 'https://login.example.com/token'],
    ['http://erp.example.com/', 'http://erp.example.com/'],
    ['https://other.example.com/', 'https://other.example.com/'],
  ];
  for (const [from, to] of CASES)
    it(`take ${from} to ${to}`, () => {
      expect(routes.resolve(new URL(from)).href).to.equal(to);
    });

  const REFUSED: readonly (readonly [string, string, RegExp])[] = [
    ['erp', 'http://127.0.0.1:1', /"erp" is no address/],
    ['ftp://erp.example.com', 'http://127.0.0.1:1', /is no address/],
    ['https://erp.example.com/?a=b', 'http://127.0.0.1:1', /says more than/],
    ['https://erp.example.com', 'http://192.168.0.1:1', /not on this machine/],
    ['https://erp.example.com', 'https://user@127.0.0.1', /says more than/],
  ];
  for (const [from, to, message] of REFUSED)
    it(`refuse ${from} to ${to}, and stay as they were`, () => {
      const before = routes.all();
      expect(() => routes.replace([{ from, to }])).to.throw(InvalidRouteError, message);
      expect(routes.all()).to.deep.equal(before);
    });
});
