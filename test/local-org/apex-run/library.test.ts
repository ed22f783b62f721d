import { expect } from 'chai';

import { run, value } from './run.js';

describe('platform classes that hold data', () => {
  // Apex Reference Guide: Database.SaveResult and its kin; JSON support as code of mocking libraries relies on it.
  it('are read from and written to JSON', () => {
    const shown = run(
      `Database.SaveResult ok = (Database.SaveResult) JSON.deserialize('{"success":true,"id":"001000000000001"}', Database.SaveResult.class);
      System.debug(ok.isSuccess() + ' ' + ok.getId() + ' ' + ok.getErrors().size());
      Database.UpsertResult bad = (Database.UpsertResult) JSON.deserialize('{"success":false,"created":true,"errors":[{"message":"no","statusCode":"REQUIRED_FIELD_MISSING","fields":["Name"]}]}', Database.UpsertResult.class);
      System.debug(bad.isCreated() + ' ' + bad.getErrors()[0].getMessage() + ' ' + bad.getErrors()[0].getStatusCode() + ' ' + bad.getErrors()[0].getFields());
      System.debug(JSON.serialize(Database.insert(new Account(), false)));`,
    );
    expect(shown).to.deep.equal([
      'true 001000000000001AAA 0',
      'true no REQUIRED_FIELD_MISSING (Name)',
      '{"success":false,"id":null,"errors":[{"message":"Required fields are missing: [Name]","statusCode":"REQUIRED_FIELD_MISSING","fields":["Name"]}]}',
    ]);
  });

  it('hold metadata components and what became of their deployment', () => {
    expect(
      run(`Metadata.CustomMetadata record = new Metadata.CustomMetadata();
        record.fullName = 'Rule.First';
        record.values.add(new Metadata.CustomMetadataValue());
        Metadata.DeployContainer container = new Metadata.DeployContainer();
        container.addMetadata(record);
        System.debug(container.getMetadata().size() + ' ' + new Metadata.DeployDetails().componentFailures.size());
        System.debug(container.removeMetadataByFullName('Rule.First') + ' ' + container.removeMetadata(record));`),
    ).to.deep.equal(['1 0', 'true false']);
  });

  // apex-recipes: CustomRestEndpointRecipes_Tests.
  it('are refused as JSON by their first token', () => {
    const shown = run(
      `for (System.Type type : new List<System.Type>{ List<Account>.class, Map<String, String>.class }) {
        try { JSON.deserialize('"}]', type); } catch (JSONException e) { System.debug(e.getMessage().substringBefore(' (')); }
      }
      System.debug(JSON.deserialize('"Low"', Level.class));`,
      'public enum Level { Low, High }',
    );
    expect(shown).to.deep.equal([
      "Malformed JSON: Expected '[' at the beginning of List/Set",
      "Malformed JSON: Expected '{' at the beginning of object",
      'Low',
    ]);
  });

  it('are written to JSON however deep they nest, and however often one of them stands in the whole', () => {
    const shown = run(
      `Node last = new Node(null); Node node = last; for (Integer i = 0; i < 500; i++) node = new Node(node);
      System.debug(JSON.serialize(node).countMatches('next'));
      System.debug(JSON.serialize(new List<Node>{ last, last }));`,
      'public class Node { public Node next; public Node(Node next) { this.next = next; } }',
    );
    expect(shown).to.deep.equal(['501', '[{"next":null},{"next":null}]']);
  });

  it('have properties, getters and constructors', () => {
    const shown = run(
      `Messaging.InboundEmail mail = new Messaging.InboundEmail(); mail.Subject = 'Hi'; System.debug(mail.subject + ' ' + mail.htmlBody);
      SelectOption option = new SelectOption('v', 'l', true); System.debug(option.getValue() + option.getLabel() + option.getDisabled());
      Database.DMLOptions options = new Database.DMLOptions(); options.DuplicateRuleHeader.AllowSave = true; options.optAllOrNone = false; System.debug(options.DuplicateRuleHeader.allowSave);
      System.debug(Database.insert(new List<Account>{ new Account(), new Account(Name = 'x') }, options)[1].isSuccess());`,
    );
    expect(shown).to.deep.equal(['Hi null', 'vltrue', 'true', 'true']);
  });
});

describe('Platform Cache', () => {
  // Apex Developer Guide: Platform Cache.
  it('keeps copies of values by partition and key, and loads what is missing', () => {
    const shown = run(
      `List<String> names = new List<String>{ 'a' }; Cache.Org.put('local.Names.list', names); names.add('b');
      Cache.OrgPartition part = Cache.Org.getPartition('local.Names'); System.debug(part.get('list') + ' ' + part.contains('other') + ' ' + part.getKeys());
      System.debug(Cache.Session.get(Loader.class, 'key') + ' ' + Cache.Session.get(Loader.class, 'key'));
      System.debug(part.remove('list') + ' ' + part.get('list'));
      try { Cache.Org.put('bad key', 1); } catch (Cache.Org.OrgCacheException e) { System.debug('refused'); }`,
      `public class Loader implements Cache.CacheBuilder { static Integer loads = 0; public Object doLoad(String key) { return key + (++loads); } }`,
    );
    expect(shown).to.deep.equal(['(a) false {list}', 'key1 key1', 'true null', 'refused']);
  });
});

describe('small rules of the platform', () => {
  it('take a checkbox that nobody set as not ticked', () => {
    expect(value('new Contact().HasOptedOutOfEmail')).to.equal('false');
  });

  it('compare a Date with a Datetime by the instant', () => {
    expect(
      run(
        'Object d = Date.newInstance(2026, 1, 2); Assert.areEqual(d, Datetime.newInstanceGmt(2026, 1, 2)); System.debug(1);',
      ),
    ).to.deep.equal(['1']);
  });

  it('take texts of 18 characters as Ids, whatever their end says', () => {
    expect(run("Id made = '001000000000000001'; System.debug(made);")).to.deep.equal(['001000000000000001']);
  });

  it('let a constructor of an exception call those of Exception', () => {
    const shown = run(
      'try { throw new CodedException(7); } catch (CodedException e) { System.debug(e.getMessage() + e.code); }',
      "public class CodedException extends Exception { public Integer code; public CodedException(Integer code) { this('code '); this.code = code; } }",
    );
    expect(shown).to.deep.equal(['code 7']);
  });

  it('clone objects of a class with their field values', () => {
    expect(
      run(
        "Box a = new Box(); a.name = 'x'; Box b = a.clone(); b.name += 'y'; System.debug(a.name + b.name);",
        'public class Box { public String name; }',
      ),
    ).to.deep.equal(['xxy']);
  });

  // apex-recipes: AccountTriggerHandler.beforeDelete.
  it('clone records of Trigger.old as records that can be inserted', () => {
    const shown = run(
      "Account a = new Account(Name = 'x'); insert a; delete a; System.debug([SELECT Name FROM Account].Name);",
      'trigger Keep on Account (before delete) { for (Account a : Trigger.old) insert a.clone(); }',
    );
    expect(shown).to.deep.equal(['x']);
  });

  it('make no Integer of a value that is missing, and refuse to make one of a missing text', () => {
    expect(value('Integer.valueOf((Decimal) null)')).to.equal('null');
    expect(value('Integer.valueOf((Object) 7.9)')).to.equal('7');
    expect(
      run("try { Integer.valueOf((String) null); } catch (NullPointerException e) { System.debug('refused'); }"),
    ).to.deep.equal(['refused']);
  });

  it('refuse to format a text that is missing', () => {
    expect(
      run('try { String.format(null, null); } catch (NullPointerException e) { System.debug(e.getMessage()); }'),
    ).to.deep.equal(['Argument cannot be null.']);
  });

  it('describe a child relationship as one and the same each time', () => {
    expect(
      run(`Set<Schema.ChildRelationship> all = new Set<Schema.ChildRelationship>(Account.SObjectType.getDescribe().getChildRelationships());
        System.debug(all.containsAll(Account.SObjectType.getDescribe().getChildRelationships()));`),
    ).to.deep.equal(['true']);
  });
});

describe('VisualEditor', () => {
  it('holds the choices of a property in the Lightning App Builder', () => {
    const lines = run(`VisualEditor.DynamicPickListRows rows = new VisualEditor.DynamicPickListRows();
      rows.addRow(new VisualEditor.DataRow('b', 2)); rows.addAllRows(new List<VisualEditor.DataRow>{ new VisualEditor.DataRow('a', 1, true) });
      rows.sort();
      System.debug(rows.size() + ' ' + rows.get(0).getLabel() + rows.get(0).getValue() + ' ' + rows.get(0).isSelected() + ' ' + rows.containsAllRows());`);
    expect(lines).to.deep.equal(['2 a1 true false']);
  });
});
