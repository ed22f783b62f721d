import { expect } from 'chai';
import { run, value } from './run.js';

/** What `put` of a value into a field of an Account says. */
function put(field: string, what: string): string {
  return run(`try {
      Account a = new Account();
      a.put('${field}', ${what});
      System.debug(a.get('${field}'));
    } catch (Exception e) {
      System.debug(e.getTypeName() + ': ' + e.getMessage());
    }`).join('\n');
}

describe('values of records', () => {
  it('are refused by put when their type is not the type of the field', () => {
    const refused = 'System.SObjectException: Illegal assignment from ';
    expect(put('LastActivityDate', "'tomorrow'")).to.equal(`${refused}String to Date`);
    expect(put('Name', '1')).to.equal(`${refused}Integer to String`);
    expect(put('AnnualRevenue', "'1'")).to.equal(`${refused}String to Decimal`);
    expect(put('NumberOfEmployees', '1.5')).to.equal(`${refused}Decimal to Integer`);
    expect(put('Name', "new List<String>{ 'a' }")).to.equal(`${refused}List<String> to String`);
    expect(put('ParentId', '1')).to.equal(`${refused}Integer to Id`);
  });

  it('keep a text that is no Id until DML refuses it', () => {
    expect(put('ParentId', "'nothing'")).to.equal('nothing');
    expect(put('ParentId', "'001000000000001'")).to.equal('001000000000001AAA');
  });

  it('take an Integer where the field is a Decimal', () => {
    expect(put('AnnualRevenue', '7')).to.equal('7');
  });

  it('that have no Id yet go into a map by putAll under null, and not by the constructor of the map', () => {
    const shown = run(`Map<Id, SObject> byId = new Map<Id, SObject>();
      byId.putAll(new List<SObject>{ new Contact(LastName = 'New') });
      System.debug(byId.get(null));
      try { new Map<Id, SObject>(byId.values()); } catch (ListException e) { System.debug(e.getMessage()); }`);
    expect(shown).to.deep.equal(['Contact:{LastName=New}', 'Row with null Id at index: 0']);
  });

  it('are read from JSON as SObject only where their attributes tell the object', () => {
    const shown = run(`System.debug(JSON.deserialize('{"attributes":{"type":"Account"},"Name":"x"}', SObject.class));
      try { JSON.deserialize('{"Name":"x"}', SObject.class); } catch (JSONException e) { System.debug('refused'); }`);
    expect(shown).to.deep.equal(['Account:{Name=x}', 'refused']);
  });

  it('that are texts lose blanks around them when they are saved, long ones only at their end', () => {
    const shown = run(
      "Account a = new Account(Name = ' x ', Description = ' y \\n'); insert a; a = [SELECT Name, Description FROM Account]; System.debug('[' + a.Name + '|' + a.Description + ']');",
    );
    expect(shown).to.deep.equal(['[x| y]']);
  });

  it('say whether a task has a high priority', () => {
    const shown = run(
      "insert new List<Task>{ new Task(Subject = 'a', Priority = 'High'), new Task(Subject = 'b', Priority = 'Normal') }; System.debug([SELECT COUNT() FROM Task WHERE IsHighPriority = TRUE]);",
    );
    expect(shown).to.deep.equal(['1']);
  });

  it('of results of DML may be any text where JSON gives an Id', () => {
    const parsed = (id: string): string =>
      value(
        `((Database.SaveResult) JSON.deserialize('{"success":true,"id":"${id}"}', Database.SaveResult.class)).getId()`,
      );
    expect(parsed('null')).to.equal('null');
    expect(parsed('001000000000001')).to.equal('001000000000001AAA');
  });

  it('that are no number stay null through Integer.valueOf, unlike texts', () => {
    expect(run('Decimal none; System.debug(Integer.valueOf(none));')).to.deep.equal(['null']);
    expect(
      run(`String none; try { Integer.valueOf(none); } catch (NullPointerException e) { System.debug('no text'); }`),
    ).to.deep.equal(['no text']);
  });

  it('of objects are written to JSON from z to a', () => {
    const pair =
      'public class Pair { public String alpha = "1"; public Integer zeta = 2; public Boolean mid; }'.replaceAll(
        '"',
        "'",
      );
    expect(value('JSON.serialize(new Pair())', pair)).to.equal('{"zeta":2,"mid":null,"alpha":"1"}');
  });

  it('of type UUID are written to JSON as their text', () => {
    expect(
      value(
        "JSON.serialize(new Map<String, Object>{ 'id' => UUID.fromString('0b5c2b1e-4d1a-4c3a-9f00-0123456789ab') })",
      ),
    ).to.equal('{"id":"0b5c2b1e-4d1a-4c3a-9f00-0123456789ab"}');
  });

  it('has whatever its JSON says for an Id, with 18 characters where it is one', () => {
    expect(
      run(`Contact contact = (Contact) JSON.deserialize('{"Id":"id-1","AccountId":"001000000000001"}', Contact.class);
        System.debug(contact.get('Id') + ' ' + contact.AccountId);`),
    ).to.deep.equal(['id-1 001000000000001AAA']);
  });
});
