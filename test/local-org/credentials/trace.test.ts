import { expect } from 'chai';
import { clientCredentials, namedCredential } from './components.js';
import { CLIENT, closeAll, external, TestOrg } from './support.js';

describe('PLATFORM 4: NAMED_CREDENTIAL lines of the debug log', () => {
  afterEach(closeAll);

  async function logged(logShape: 'namedCallout' | 'bars') {
    const system = await external();
    const org = new TestOrg({
      components: [namedCredential('Erp', system.url), clientCredentials('Erp', system.tokenUrl)],
      settings: { logShape },
    });
    org.storeClient('Erp');
    await org.call({ endpoint: 'callout:Erp/a', body: '{"a":1}' });
    org.events.length = 0;
    system.expireTokens();
    await org.call({ endpoint: 'callout:Erp/a', body: '{"a":1}' });
    return { system, events: org.events };
  }

  it('shows the callout that was refused and the one that was sent again, each with its details', async () => {
    const { system, events } = await logged('namedCallout');
    expect(events.map(({ event, level, category }) => `${category} ${level} ${event}`)).to.deep.equal([
      'Callout INFO NAMED_CREDENTIAL_REQUEST',
      'Callout INFO NAMED_CREDENTIAL_RESPONSE',
      'Callout FINER NAMED_CREDENTIAL_RESPONSE_DETAIL',
      'Callout INFO NAMED_CREDENTIAL_REQUEST',
      'Callout INFO NAMED_CREDENTIAL_RESPONSE',
      'Callout FINER NAMED_CREDENTIAL_RESPONSE_DETAIL',
    ]);
    expect(events[0]?.parts).to.deep.equal([
      `NamedCallout[Named Credential Id=0XA_Erp, Named Credential Name=Erp, Endpoint=${system.url}/a, Method=POST, External Credential Type=OAuth, HTTP Header Authorization=Bearer ***, Request Size bytes=7, Retry on 401=true]`,
    ]);
    expect(events[3]?.parts[0]).to.contain('Retry on 401=false');
    expect(events[2]?.parts[0]).to.match(
      /^NamedCallout\[Named Credential Id=0XA_Erp, Named Credential Name=Erp, Status Code=401, Response Size bytes=\d+, Overall Callout Time ms=\d+, Connect Time ms=\d+\]$/,
    );
    expect(events[5]?.parts[0]).to.contain('Status Code=201');
  });

  it('has the other documented shape as a setting', async () => {
    const { events } = await logged('bars');
    expect(events[0]?.parts).to.include.members(['Named Credential Name=Erp', 'Method=POST', 'Retry on 401=true']);
  });

  it('holds no secret', async () => {
    const { events } = await logged('namedCallout');
    const text = JSON.stringify(events);
    expect(text)
      .not.to.contain(CLIENT.secret)
      .and.not.to.match(/Bearer (?!\*)/);
  });
});
