import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { makeFolder, makeFolders } from '../../../generator/src/files/index.js';

describe('files: making folders', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'folders-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('makes what is missing, and says whether it did', () => {
    makeFolders(join(folder, 'a', 'b', 'c'));
    makeFolders(join(folder, 'a', 'b', 'c'));
    expect(existsSync(join(folder, 'a', 'b', 'c'))).to.equal(true);
    expect([makeFolder(join(folder, 'a')), makeFolder(join(folder, 'd'))]).to.deep.equal([false, true]);
  });

  it('fails when a file is in the way', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => makeFolders(join(folder, 'file', 'a', 'b'))).to.throw('ENOTDIR');
  });

  it('comes back where nobody can make a folder', function () {
    if (process.platform !== 'linux') this.skip();
    expect(() => makeFolders('/proc/no-such-folder/a')).to.throw('ENOENT');
  });
});
