import { expect } from 'chai';
import { ProjectSchema, compileProgram } from '../../../local-org/src/apex/index.js';
import type { ApexSource } from '../../../local-org/src/apex/index.js';

/** Messages about classes of one API version. */
function findings(apiVersion: number, ...classes: readonly string[]): readonly string[] {
  const sources = classes.map((source): ApexSource => {
    const name = /class (\w+)/.exec(source)?.[1] ?? '';
    return { kind: 'class', name, fileName: `${name}.cls`, source, apiVersion, isChecked: true };
  });
  const { results } = compileProgram(sources, new ProjectSchema([]));
  return results.flatMap((result) => result.findings.map(({ message }) => message));
}

describe('Rules that depend on the API version of a class', () => {
  const service = 'public virtual class Service { @TestVisible private virtual String find() { return null; } }';
  const stub =
    "@IsTest private class ServiceTest { private class Stub extends Service { private override String find() { return 'x'; } } }";

  it('a test may override a private method that it sees up to version 60', () => {
    expect(findings(60, service, stub)).to.deep.equal([]);
  });

  it('nothing overrides a private method from version 61 on', () => {
    expect(findings(61, service, stub)).to.deep.equal([
      'override methods require at least one of the following global, public, protected',
      '@Override specified for non-overriding method: String ServiceTest.Stub.find()',
    ]);
  });

  it('a private method that tests do not see is not overridden in another file', () => {
    expect(findings(60, service.replace('@TestVisible ', ''), stub)).to.deep.equal([
      '@Override specified for non-overriding method: String ServiceTest.Stub.find()',
    ]);
  });

  const overloads =
    'public class Controller { @AuraEnabled public static void load(String a) {} @AuraEnabled public static void load(String a, String b) {} }';

  it('methods for Lightning components may be overloaded up to version 54', () => {
    expect(findings(54, overloads)).to.deep.equal([]);
  });

  it('methods for Lightning components may not be overloaded from version 55 on', () => {
    expect(findings(55, overloads)).to.deep.equal([
      'Overload of AuraEnabled method: load overload is not permitted',
      'Overload of AuraEnabled method: load overload is not permitted',
    ]);
  });
});
