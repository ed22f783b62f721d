import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { UserError } from '../../../generator/src/errors/index.js';
import type { GeneratedFile } from '../../../generator/src/model/index.js';
import {
  apply,
  diff,
  isStale,
  newText,
  oldText,
  stamp,
  summaryCounts,
  summaryTable,
} from '../../../generator/src/output/index.js';
import { actions, file, planFiles, sandbox, type Sandbox } from './support.js';

async function refusal(box: Sandbox, files: readonly GeneratedFile[]): Promise<string> {
  try {
    await planFiles(box, files);
  } catch (error) {
    expect(error).to.be.instanceOf(UserError);
    if (error instanceof UserError) return error.message;
  }
  throw new Error('the plan was not refused');
}

describe('planning what to write', () => {
  let box: Sandbox;
  beforeEach(() => (box = sandbox()));
  afterEach(() => box.remove());

  it('tells created, changed, identical, deleted and conflict apart, sorted by path', async () => {
    const a = file('force-app/main/a.xml');
    const b = file('force-app/main/b.xml', 'old\n');
    const gone = file('force-app/main/gone/A.cls');
    for (const each of [a, b, gone]) box.write(each.path, stamp(each));
    box.write('force-app/main/c.xml', 'mine');
    box.write('force-app/main/mine.xml', 'not asked for');
    const wanted = [
      file('manifest/x.xml'),
      a,
      file('force-app/main/b.xml', 'new\n'),
      file('force-app/main/c.xml'),
      file('replacements/prod/url.txt'),
    ];
    const planned = await planFiles(box, wanted);
    expect(actions(planned)).to.deep.equal({
      'force-app/main/a.xml': 'identical',
      'force-app/main/b.xml': 'changed',
      'force-app/main/c.xml': 'conflict',
      'force-app/main/gone/A.cls': 'deleted',
      'manifest/x.xml': 'created',
      'replacements/prod/url.txt': 'created',
    });
    expect(planned.entries.map(({ path }) => path)).to.deep.equal(Object.keys(actions(planned)).sort());
    expect(summaryCounts(planned)).to.deep.equal({ created: 2, changed: 1, identical: 1, deleted: 1, conflict: 1 });
    expect(isStale(planned)).to.equal(true);
  });

  it('gives the old and the new text of an entry when asked', async () => {
    box.write('force-app/a.xml', stamp(file('force-app/a.xml', 'old\n')).replaceAll('\n', '\r\n'));
    const planned = await planFiles(box, [file('force-app/a.xml', 'new\n'), file('force-app/b.xml', 'b\n')]);
    const [a, b] = planned.entries;
    if (a === undefined || b === undefined) throw new Error('two entries expected');
    expect(oldText(planned, a)).to.equal(stamp(file('force-app/a.xml', 'old\n')));
    expect(newText(planned, a)).to.equal(stamp(file('force-app/a.xml', 'new\n')));
    expect(oldText(planned, b)).to.equal(undefined);
    expect(newText(planned, b)).to.equal(stamp(file('force-app/b.xml', 'b\n')));
  });

  it('says why a file is kept: edited, foreign, stale and edited, or blocked by a folder or a file', async () => {
    box.write('force-app/edited.xml', `${stamp(file('force-app/edited.xml'))}<!-- mine -->\n`);
    box.write('force-app/foreign.cls', 'public class foreign {}');
    box.write('force-app/stale.xml', `${stamp(file('force-app/stale.xml'))}<!-- mine -->\n`);
    mkdirSync(join(box.root, 'force-app/folder.xml'));
    box.write('force-app/file', 'a file');
    const wanted = ['edited.xml', 'foreign.cls', 'folder.xml', 'file/below.xml'].map((name) =>
      file(`force-app/${name}`, 'new\n'),
    );
    const planned = await planFiles(box, wanted);
    const reasons = planned.entries.map((entry) => [entry.path, entry.action === 'conflict' ? entry.reason : '']);
    expect(Object.fromEntries(reasons)).to.deep.equal({
      'force-app/edited.xml': 'edited',
      'force-app/file/below.xml': 'blocked',
      'force-app/folder.xml': 'blocked',
      'force-app/foreign.cls': 'foreign',
      'force-app/stale.xml': 'stale-edited',
    });
    const rows = summaryTable(planned);
    expect(rows.every(({ state, note }) => state === 'conflict' && note.length > 0)).to.equal(true);
  });

  it('takes a CRLF checkout for intact, and replaces it only when the content changes', async () => {
    const a = file('force-app/a.xml', '<b/>\n');
    box.write(a.path, stamp(a).replaceAll('\n', '\r\n'));
    expect(actions(await planFiles(box, [a]))).to.deep.equal({ [a.path]: 'identical' });
    expect(actions(await planFiles(box, [file(a.path, '<c/>\n')]))).to.deep.equal({ [a.path]: 'changed' });
    expect(actions(await planFiles(box, []))).to.deep.equal({ [a.path]: 'deleted' });
  });

  it('notices that only the origin of a file moved', async () => {
    const a = file('force-app/a.xml', '<b/>\n', 'config/integrations/a.yaml');
    box.write(a.path, stamp(a));
    const moved = { ...a, origin: 'config/integrations/b.yaml' };
    expect(actions(await planFiles(box, [moved]))).to.deep.equal({ [a.path]: 'changed' });
  });

  it('owns everything below replacements/', async () => {
    box.write('replacements/prod/old.txt', 'left by an earlier run');
    box.write('replacements/prod/url.txt', 'edited by a person');
    const planned = await planFiles(box, [file('replacements/prod/url.txt', 'https://a')]);
    expect(actions(planned)).to.deep.equal({
      'replacements/prod/old.txt': 'deleted',
      'replacements/prod/url.txt': 'changed',
    });
  });

  it('refuses, all at once, paths that leave the roots, clash or have the wrong header', async () => {
    const text = await refusal(box, [
      file('force-app/../../etc/passwd.xml'),
      file('/etc/b.xml'),
      file('src/c.xml'),
      file('force-app\\d.xml'),
      file('force-app/e\u0000.xml'),
      file('force-app/Same.cls'),
      file('force-app/same.cls'),
      file('force-app/none.txt'),
      { ...file('replacements/x.xml'), header: 'xml' },
      file('force-app/node.xml'),
      file('force-app/node.xml/child.xml'),
    ]);
    const lines = text.split('\n').filter((line) => line.startsWith('- '));
    expect(lines).to.have.length(9);
    expect(text).to.match(/same\.cls.*same file as force-app\/Same\.cls/);
    expect(text).to.contain('force-app/node.xml/child.xml needs it to be a folder');
  });

  it('refuses to go through a link that leads outside the project, and follows one that stays inside', async () => {
    const outside = sandbox();
    try {
      mkdirSync(join(box.root, 'force-app'));
      symlinkSync(outside.root, join(box.root, 'force-app/out'));
      expect(await refusal(box, [file('force-app/out/a.xml')])).to.contain('force-app/out leads outside');
      mkdirSync(join(box.root, 'elsewhere'));
      symlinkSync(join(box.root, 'elsewhere'), join(box.root, 'force-app/in'));
      const inside = [file('force-app/in/a.xml')];
      await apply(await planFiles(box, inside));
      expect(box.read('elsewhere/a.xml')).to.equal(stamp(file('force-app/in/a.xml')));
      expect(actions(await planFiles(box, inside))).to.deep.equal({ 'force-app/in/a.xml': 'identical' });
    } finally {
      outside.remove();
    }
  });

  it('refuses a root that is itself a link to the outside', async () => {
    const outside = sandbox();
    try {
      symlinkSync(outside.root, join(box.root, 'force-app'));
      expect(await refusal(box, [file('force-app/a.xml')])).to.contain('leads outside');
    } finally {
      outside.remove();
    }
  });

  it('shows unified diffs of everything but identical files', async () => {
    const same = file('force-app/same.xml');
    const gone = file('force-app/gone.xml', 'gone\n');
    box.write(same.path, stamp(same));
    box.write(gone.path, stamp(gone));
    box.write('force-app/b.xml', stamp(file('force-app/b.xml', 'one\ntwo\n')));
    const wanted = [same, file('force-app/a.xml', 'fresh\n'), file('force-app/b.xml', 'one\nthree\n')];
    const patches: string[] = [];
    for await (const patch of diff(await planFiles(box, wanted))) patches.push(patch);
    expect(patches).to.have.length(3);
    expect(patches[0]).to.match(/--- \/dev\/null\n\+\+\+ b\/force-app\/a\.xml[\s\S]*\n\+fresh\n/);
    expect(patches[1]).to.match(/--- a\/force-app\/b\.xml\n\+\+\+ b\/force-app\/b\.xml[\s\S]*\n-two\n\+three\n/);
    expect(patches[2]).to.match(/--- a\/force-app\/gone\.xml\n\+\+\+ \/dev\/null[\s\S]*\n-gone\n/);
  });
});
