import { expect } from 'chai';
import { run, value } from './run.js';

describe('collections', () => {
  it('are keys by their elements', () => {
    const lines = run(`Map<List<Object>, Integer> groups = new Map<List<Object>, Integer>();
      for (String industry : new List<String>{ 'IT', 'Finance', 'IT' }) {
        List<Object> key = new List<Object>{ industry, 1 };
        groups.put(key, (groups.get(key) ?? 0) + 1);
      }
      System.debug(groups.size() + ' ' + groups.get(new List<Object>{ 'IT', 1 }) + ' ' + groups.containsKey(new List<Object>{ 'IT', '1' }));
      Set<Set<Integer>> sets = new Set<Set<Integer>>{ new Set<Integer>{ 1, 2 }, new Set<Integer>{ 2, 1 } };
      System.debug(sets.size());`);
    expect(lines).to.deep.equal(['2 2 false', '1']);
  });

  it('of a null are empty lists', () => {
    expect(run('List<Object> none; System.debug(new List<Object>(none).size());')).to.deep.equal(['0']);
  });

  it('hold equal describes of a relationship once', () => {
    expect(
      run(`Set<Schema.ChildRelationship> found = new Set<Schema.ChildRelationship>();
        for (Integer i = 0; i < 2; i++)
          for (Schema.ChildRelationship each : Account.SObjectType.getDescribe().getChildRelationships())
            if (each.getRelationshipName() == 'Contacts') found.add(each);
        System.debug(found.size());`),
    ).to.deep.equal(['1']);
  });

  it('of relationships have none of person accounts, which are off', () => {
    const names = run(
      'for (Schema.ChildRelationship each : Account.SObjectType.getDescribe().getChildRelationships()) if (each.getChildSObject() == User.SObjectType) System.debug(each.getRelationshipName());',
    );
    expect(names).to.deep.equal(['Users']);
  });
});

describe('constructors', () => {
  it('of a class above find the fields of the class below initialised', () => {
    const base = `public virtual class Base {
      public Base() { register('base'); }
      public virtual void register(String name) {}
    }`;
    const derived = `public class Derived extends Base {
      public List<String> names = new List<String>();
      public Derived() { super(); register('derived'); }
      public override void register(String name) { names.add(name); }
    }`;
    expect(value('new Derived().names', base, derived)).to.equal('(base, derived)');
  });
});
