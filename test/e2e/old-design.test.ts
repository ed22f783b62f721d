import { expect } from 'chai';
import { startLocalOrg, stopLocalOrg } from '../../local-org/src/index.js';
import { runOldDesign, USERS } from '../old-design/run-old-design.js';
import { SfWorkspace } from './support/sfCli.js';

describe('the design that the generated one replaces', function () {
  this.timeout(180_000);

  it('works by hand, and loses changes when users and automation make them', async () => {
    const workspace = new SfWorkspace();
    const place = { projectRoot: workspace.root, alias: 'old-design' };
    const org = await startLocalOrg({ ...place, users: Object.values(USERS) });
    try {
      await workspace.login(org, place.alias);
      const { runs, faults, refused } = await runOldDesign({
        ...place,
        org,
        home: workspace.home,
        counts: [1, 50, 200],
      });
      const [byHand, fifty, twoHundred] = runs;
      expect(byHand).to.include({ records: 1, delivered: 1 });
      // The automation changes every third account and can never log in.
      expect([...faults]).to.deep.equal([["The external credential isn't fully configured.", 16 + 66]]);
      // The others race: each new token ends the one before, and the platform sends again only once (PLATFORM 1.4).
      expect(refused).to.be.greaterThan(0);
      expect((fifty?.delivered ?? 0) + (twoHundred?.delivered ?? 0)).to.equal(250 - 82 - refused);
    } finally {
      await stopLocalOrg(place);
      workspace.remove();
    }
  });
});
