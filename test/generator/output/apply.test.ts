import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { UserError } from '../../../generator/src/errors/index.js';
import { apply, plan, stamp, type Plan } from '../../../generator/src/output/index.js';
import { actions, file, planFiles, ROOTS, sandbox, type Sandbox } from './support.js';

describe('writing what was planned', () => {
  let box: Sandbox;
  beforeEach(() => (box = sandbox()));
  afterEach(() => box.remove());

  it('writes, replaces and deletes, and removes the folders that it emptied, but not the root', async () => {
    const old = file('force-app/main/old/deep/A.cls');
    const kept = file('force-app/main/b.xml', 'old\n');
    for (const each of [old, kept]) box.write(each.path, stamp(each));
    const fresh = file(kept.path, 'new\n');
    const result = await apply(await planFiles(box, [fresh, file('manifest/m.xml')]));
    expect(result).to.deep.equal({
      written: ['force-app/main/b.xml', 'manifest/m.xml'],
      deleted: ['force-app/main/old/deep/A.cls'],
      kept: [],
      removedFolders: ['force-app/main/old/deep', 'force-app/main/old'],
      digests: Object.fromEntries(
        [fresh, file('manifest/m.xml')].map((each) => [
          each.path,
          createHash('sha1').update(stamp(each)).digest('base64'),
        ]),
      ),
    });
    expect(box.read(fresh.path)).to.equal(stamp(fresh));
    await apply(await planFiles(box, []));
    expect(readdirSync(box.root).sort()).to.deep.equal(['force-app', 'manifest']);
    expect(readdirSync(join(box.root, 'force-app'))).to.deep.equal([]);
  });

  it('writes into a project folder that does not exist yet', async () => {
    const root = join(box.root, 'new/project');
    const planned = await plan({ projectRoot: root, roots: ROOTS, files: [file('force-app/a.xml')] });
    expect(existsSync(root)).to.equal(false);
    await apply(planned);
    expect(box.read('new/project/force-app/a.xml')).to.equal(stamp(file('force-app/a.xml')));
  });

  it('keeps hand edits and foreign files unless forced, and a folder in the way even then', async () => {
    const edited = file('force-app/edited.xml');
    const stale = file('force-app/stale.xml');
    box.write(edited.path, `${stamp(edited)}mine\n`);
    box.write(stale.path, `${stamp(stale)}mine\n`);
    box.write('force-app/foreign.xml', 'mine');
    mkdirSync(join(box.root, 'force-app/folder.xml'));
    const wanted = ['edited.xml', 'foreign.xml', 'folder.xml'].map((name) => file(`force-app/${name}`));
    const gentle = await apply(await planFiles(box, wanted));
    expect(gentle.written).to.deep.equal([]);
    expect(gentle.kept).to.have.length(4);
    expect(box.read(edited.path)).to.contain('mine');
    const forced = await apply(await planFiles(box, wanted), { force: true });
    expect(forced.written).to.deep.equal(['force-app/edited.xml', 'force-app/foreign.xml']);
    expect(forced.deleted).to.deep.equal(['force-app/stale.xml']);
    expect(forced.kept).to.deep.equal(['force-app/folder.xml']);
  });

  it('keeps a file that somebody touched between plan and apply', async () => {
    const changing = file('force-app/changing.xml', 'old\n');
    const going = file('force-app/going.xml');
    for (const each of [changing, going]) box.write(each.path, stamp(each));
    const planned = await planFiles(box, [file(changing.path, 'new\n'), file('force-app/appearing.xml')]);
    for (const name of ['changing', 'going', 'appearing']) box.write(`force-app/${name}.xml`, 'by hand');
    const result = await apply(planned);
    expect([...result.kept].sort()).to.deep.equal([
      'force-app/appearing.xml',
      'force-app/changing.xml',
      'force-app/going.xml',
    ]);
    expect(box.read('force-app/changing.xml')).to.equal('by hand');
  });

  it('keeps the mode of a file that it replaces', async () => {
    const a = file('force-app/a.xml', 'old\n');
    box.write(a.path, stamp(a));
    chmodSync(join(box.root, a.path), 0o640);
    await apply(await planFiles(box, [file(a.path, 'new\n')]));
    expect(statSync(join(box.root, a.path)).mode & 0o777).to.equal(0o640);
  });

  it('clears away what an interrupted run left and leaves no temporary file of its own', async () => {
    box.write('force-app/.a.xml.callout-tmp', 'half a fi');
    const planned = await planFiles(box, [file('force-app/a.xml')]);
    expect(actions(planned)).to.deep.equal({ 'force-app/a.xml': 'created' });
    await apply(planned);
    expect(readdirSync(join(box.root, 'force-app'))).to.deep.equal(['a.xml']);
  });

  it('clears away a folder that an interrupted run was about to show, wherever it is', async () => {
    for (const path of ['.force-app.callout-tmp', 'manifest/.deep.callout-tmp'])
      box.write(`${path}/a.xml`, stamp(file('force-app/a.xml')).slice(0, 100));
    const planned = await planFiles(box, [file('force-app/a.xml')]);
    expect(actions(planned)).to.deep.equal({ 'force-app/a.xml': 'created' });
    await apply(planned);
    expect(readdirSync(box.root).sort()).to.deep.equal(['force-app', 'manifest']);
    expect(readdirSync(join(box.root, 'manifest'))).to.deep.equal([]);
  });

  it('shows a new folder whole or not at all', async () => {
    box.write('force-app/old.xml', 'mine');
    // A plan that cannot be carried out: the second file would have to be a folder too.
    const planned = await planFiles(box, [file('force-app/new/a.xml'), file('force-app/new/b.xml')]);
    const [first, second] = planned.entries;
    const broken = { ...planned, entries: [first, second, { ...second, path: 'force-app/new/b.xml/c.xml' }] } as Plan;
    const failure = await apply(broken).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).to.be.instanceOf(UserError);
    expect(failure).to.have.property('message').that.contains('force-app/new could not be written');
    expect(failure).to.have.nested.property('data.written').that.is.empty;
    expect(readdirSync(join(box.root, 'force-app'))).to.deep.equal(['old.xml']);
    await apply(planned);
    expect(readdirSync(join(box.root, 'force-app', 'new'))).to.deep.equal(['a.xml', 'b.xml']);
  });

  it('keeps to the single files when their folder has appeared in the meantime', async () => {
    const planned = await planFiles(box, [file('force-app/new/a.xml'), file('force-app/new/b.xml')]);
    box.write('force-app/new/a.xml', 'by hand');
    expect(await apply(planned)).to.deep.include({ kept: ['force-app/new/a.xml'], written: ['force-app/new/b.xml'] });
    expect(box.read('force-app/new/a.xml')).to.equal('by hand');
  });

  it('reports what was written when it fails midway', async () => {
    const planned = await planFiles(box, [file('force-app/a.xml'), file('force-app/b/c.xml')]);
    box.write('force-app/b', 'a file where a folder is needed');
    try {
      await apply(planned);
      expect.fail('apply went through');
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      expect(error.name).to.equal('WriteError');
      expect(error.message).to.contain('force-app/b/c.xml').and.to.contain('1 files were written');
      expect(error.data).to.deep.include({ written: ['force-app/a.xml'] });
    }
    expect(existsSync(join(box.root, 'force-app/a.xml'))).to.equal(true);
  });

  it('is idempotent and leaves a person’s files alone, whatever changes between two runs', async () => {
    const path = fc
      .tuple(fc.constantFrom('force-app', 'manifest'), fc.constantFrom('a', 'b'), fc.constantFrom('x', 'y', 'z'))
      .map(([root, folder, name]) => `${root}/${folder}/${name}.xml`);
    const files = fc
      .uniqueArray(fc.tuple(path, fc.string()), { selector: ([name]) => name })
      .map((pairs) => pairs.map(([name, content]) => file(name, `${content}\n`)));
    await fc.assert(
      fc.asyncProperty(files, files, fc.option(path), async (first, second, touched) => {
        const own = sandbox();
        try {
          await apply(await planFiles(own, first));
          if (touched !== null) own.write(touched, 'by hand\n');
          await apply(await planFiles(own, second));
          const again = await planFiles(own, second);
          for (const entry of again.entries) {
            expect(entry.action).to.equal(entry.path === touched ? 'conflict' : 'identical');
          }
          if (touched !== null) expect(own.read(touched)).to.equal('by hand\n');
          for (const each of second) {
            if (each.path !== touched) expect(own.read(each.path)).to.equal(stamp(each));
          }
          const unasked = first.filter(({ path: p }) => p !== touched && !second.some((s) => s.path === p));
          for (const each of unasked) expect(existsSync(join(own.root, each.path))).to.equal(false);
        } finally {
          own.remove();
        }
      }),
      { numRuns: 60 },
    );
  });
});
