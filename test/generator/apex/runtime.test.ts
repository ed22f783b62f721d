import { expect } from 'chai';
import { emitRuntimeApex } from '../../../generator/src/emit/apex/index.js';

const files = emitRuntimeApex();
const sources = files.filter(({ path }) => /\.(cls|trigger)$/.test(path));
const production = sources.filter(
  ({ path, content }) => path.endsWith('.cls') && !/@IsTest/i.test(content.split('{')[0] ?? ''),
);

function className(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.(cls|trigger)$/, '');
}

describe('runtime Apex', () => {
  it('has a metadata file for each class and trigger', () => {
    const paths = new Set(files.map(({ path }) => path));
    expect(sources.length).to.be.greaterThan(40);
    for (const { path } of sources) expect([...paths]).to.include(`${path}-meta.xml`);
    expect(files.find(({ path }) => path.endsWith('CalloutQueue.cls-meta.xml'))?.content).to.contain(
      '<apiVersion>66.0</apiVersion>',
    );
  });

  it('says in every class how it shares records, and why where it does not', () => {
    for (const { path, content } of production) {
      expect(content, path).to.match(/(?:with|without|inherited) sharing class /);
      const words = content.replace(/[\s*]+/g, ' ');
      if (content.includes('public without sharing')) expect(words, path).to.match(/[Ww]ithout sharing, because/);
    }
  });

  it('says in every query and every DML statement that it runs in system mode', () => {
    for (const { path, content } of production) {
      for (const [query] of content.matchAll(/\[\s*SELECT[^\]]*\]/g)) {
        expect(query, path).to.contain('WITH SYSTEM_MODE');
      }
      for (const [statement] of content.matchAll(/^\s*(?:insert|update|upsert|delete) .*$/gm)) {
        expect(statement, path).to.contain('as system');
      }
      for (const [statement] of content.matchAll(/Database\.(?:insert|update|upsert|delete)\([^;]*;/g)) {
        expect(statement, path).to.contain('AccessLevel.SYSTEM_MODE');
      }
    }
  });

  it('describes every class and every public method', () => {
    for (const { path, content } of production) {
      const lines = content.split('\n');
      lines.forEach((line, at) => {
        if (!/^ {4}(?:public|protected) [^=;]*\(.*[{(,]?$/.test(line) || /\bclass\b/.test(line)) return;
        let above = at - 1;
        while (/^\s*(?:@|label=|description=|category=|callout=|\))/.test(lines[above] ?? '')) above -= 1;
        expect(lines[above]?.trim(), `${path}:${String(at + 1)}`).to.equal('*/');
      });
    }
  });

  it('has tests for each class of the pipeline', () => {
    const tests = sources.filter(({ content }) => /@IsTest/i.test(content)).map(({ content }) => content);
    for (const { path } of production) {
      const name = className(path);
      expect(
        tests.some((content) => new RegExp(`\\b${name}\\b`).test(content)),
        name,
      ).to.equal(true);
    }
  });

  it('starts no callout after DML and no job before it: a dispatcher settles before it claims', () => {
    const dispatcher = sources.find(({ path }) => path.endsWith('/CalloutDispatcher.cls'))?.content ?? '';
    const execute = dispatcher.slice(dispatcher.indexOf('public void execute'));
    expect(execute.indexOf('send(policy')).to.be.lessThan(execute.indexOf('settle(policy'));
    expect(execute.indexOf('settle(policy')).to.be.lessThan(execute.indexOf('goOn(policy'));
  });
});
