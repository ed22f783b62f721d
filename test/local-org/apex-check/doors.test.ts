import { expect } from 'chai';
import { checkApex, findPlatformType, platformCatalog, readInvocable } from '../../../local-org/src/apex/index.js';
import type { Component, DeployPackage, OrgView } from '../../../local-org/src/model/index.js';
import { SCHEMA } from './schema.js';

function apexClass(name: string, source: string): Component {
  return { type: 'ApexClass', fullName: name, fileName: `classes/${name}.cls`, content: source, metaXml: '<apiVersion>66.0</apiVersion>' };
}

function org(components: readonly Component[]): OrgView {
  return {
    component: (type, fullName) => components.find((one) => one.type === type && one.fullName.toLowerCase() === fullName.toLowerCase()),
    components: (type) => components.filter((one) => one.type === type),
    users: [],
  };
}

function pkg(components: readonly Component[], deletions: DeployPackage['deletions'] = []): DeployPackage {
  return { apiVersion: '66.0', components, deletions };
}

describe('checkApex', () => {
  it('reports all errors of a class with file, line and column', () => {
    const source = 'public class A {\n  Integer a = missing;\n  Missing b;\n}';
    expect(checkApex(pkg([apexClass('A', source)]), org([]))).to.deep.equal([
      { type: 'ApexClass', fullName: 'A', fileName: 'classes/A.cls', line: 2, column: 15, severity: 'Error', message: 'Variable does not exist: missing' },
      { type: 'ApexClass', fullName: 'A', fileName: 'classes/A.cls', line: 3, column: 3, severity: 'Error', message: 'Invalid type: Missing' },
    ]);
  });

  it('compiles a class against classes and objects of the org', () => {
    const known = org([apexClass('B', 'public class B { public static Integer x; }'), ...SCHEMA]);
    expect(checkApex(pkg([apexClass('A', 'public class A { Integer a = B.x; Parcel__c p; }')]), known)).to.deep.equal([]);
  });

  it('fails when a class of the org no longer compiles', () => {
    const known = org([apexClass('A', 'public class A { Integer a = B.x; }'), apexClass('B', 'public class B { public static Integer x; }')]);
    const [problem] = checkApex(pkg([apexClass('B', 'public class B { }')]), known);
    expect(problem?.message).to.equal('Dependent class is invalid and needs recompilation: Class A : Variable does not exist: x');
    const [deleted] = checkApex(pkg([], [{ type: 'ApexClass', fullName: 'B', when: 'post' }]), known);
    expect(deleted?.fullName).to.equal('A');
  });

  it('does not blame the users of a class that has syntax errors', () => {
    const problems = checkApex(pkg([apexClass('A', 'public class A { B b = new B(); }'), apexClass('B', 'public class B { void x() { y( } }')]), org([]));
    expect(problems.map((problem) => problem.fullName)).to.deep.equal(['B']);
  });

  it('keeps private members, constructors and inner types to their file, and opens @TestVisible ones to tests', () => {
    const owner = `public class V1 {
      private Integer x; private void m() { } private V1(Integer i) { } public V1() { } private class Part { }
      @TestVisible private Integer open; public Integer p { get; private set; }
    }`;
    const user = `public class V2 { void run() { V1 a = new V1();
a.x = 1;
a.m();
V1 b = new V1(5);
V1.Part c;
a.open = 2;
a.p = 4;
} }`;
    const test = '@IsTest private class V3 { @IsTest static void t() { V1 a = new V1(); a.open = 1; } }';
    const problems = checkApex(pkg([apexClass('V1', owner), apexClass('V2', user), apexClass('V3', test)]), org([]));
    expect(problems.map(({ line, message }) => `${String(line)} ${message}`)).to.deep.equal([
      '2 Variable is not visible: V1.x',
      '3 Method is not visible: void V1.m()',
      '4 Method is not visible: void V1.<init>(Integer)',
      '5 Type is not visible: V1.Part',
      '6 Variable is not visible: V1.open',
      '7 Variable is not visible: V1.p',
    ]);
  });

  it('wants the class to be named like its file', () => {
    const [problem] = checkApex(pkg([apexClass('A', 'public class Other { }')]), org([]));
    expect(problem?.message).to.equal('Class name must match the file name: Other is declared in classes/A.cls');
  });

  it('words syntax errors as the platform does', () => {
    const message = (body: string): unknown => checkApex(pkg([apexClass('A', `public class A { void f() { ${body} } }`)]), org([]))[0]?.message;
    expect(message('Integer x = 5 Integer y;')).to.equal("Missing ';' at 'Integer'");
    expect(message('Integer x = ;')).to.equal("Unexpected token ';'.");
    expect(message('Integer x = 1;;')).to.equal("Extra '}', at ';'.");
    expect(message('String s = "x";')).to.equal(`Unrecognized symbol '"', which is not a valid Apex identifier.`);
    expect(message("String s = 'a\\q';")).to.equal(
      "Illegal string literal: Invalid string literal 'a\\q'. Illegal character sequence '\\q' in string literal.",
    );
  });

  it('ends at circular inheritance and deep nesting', () => {
    const deep = `public class A { Integer a = ${'('.repeat(200)}1${')'.repeat(200)}; }`;
    expect(checkApex(pkg([apexClass('A', deep)]), org([]))).to.deep.equal([]);
  });
});

describe('readInvocable', () => {
  it('reads the request and result classes of an action', () => {
    const source = `public class Act {
      public class In { @InvocableVariable(required=true) public Id recordId; @InvocableVariable public List<String> names; Integer hidden; }
      public class Out { @InvocableVariable public Boolean done; }
      @InvocableMethod(label='Go' callout=true) public static List<Out> go(List<In> rows) { return null; }
    }`;
    expect(readInvocable(source)).to.deep.equal({
      className: 'Act',
      methodName: 'go',
      callout: true,
      inputs: [
        { name: 'recordId', apexType: 'Id', required: true },
        { name: 'names', apexType: 'List<String>', required: false },
      ],
      outputs: [{ name: 'done', apexType: 'Boolean', required: false }],
    });
  });

  it('names bare lists by the parameter and as output', () => {
    const action = readInvocable('public class A { @InvocableMethod public static List<String> go(List<Id> ids) { return null; } }');
    expect(action?.inputs).to.deep.equal([{ name: 'ids', apexType: 'Id', required: true }]);
    expect(action?.outputs).to.deep.equal([{ name: 'output', apexType: 'String', required: true }]);
  });

  it('reads an action that is its own request', () => {
    const action = readInvocable(
      'public class Act { @InvocableVariable public String name; @InvocableMethod public static List<Act> go(List<Act> rows) { return rows; } }',
    );
    const name = { name: 'name', apexType: 'String', required: false };
    expect([action?.inputs, action?.outputs]).to.deep.equal([[name], [name]]);
  });

  it('knows nothing of other classes', () => {
    expect(readInvocable('public class A { }')).to.equal(undefined);
    expect(readInvocable('public class A { @InvocableMethod')).to.equal(undefined);
  });
});

describe('The platform tables', () => {
  it('know the standard objects with their relationships', () => {
    const account = platformCatalog.standardObject('ACCOUNT');
    expect(account?.name).to.equal('Account');
    expect(account?.fields.get('ownerid')).to.deep.include({ relationshipName: 'Owner', referenceTo: ['User'] });
    expect(account?.childRelationships.find(({ name }) => name === 'Contacts')).to.deep.equal({ name: 'Contacts', object: 'Contact', field: 'AccountId' });
    expect(platformCatalog.standardObject('Nothing')).to.equal(undefined);
  });

  it('know classes with and without their namespace', () => {
    expect(findPlatformType('httprequest')?.name).to.equal('System.HttpRequest');
    expect(findPlatformType('Database.SaveResult')?.methods.has('issuccess')).to.equal(true);
    expect(findPlatformType('Schema.DisplayType')?.constants).to.include('STRING');
    expect(findPlatformType('Nothing')).to.equal(undefined);
  });
});
