import { expect } from 'chai';
import { run, value } from './run.js';

describe('types at run time', () => {
  it('of Type.forName are objects before they are classes of the same name', () => {
    const shadow = 'public class Account {}';
    expect(value("Type.forName('Account').newInstance() instanceof SObject", shadow)).to.equal('true');
  });

  it('of lists of SObject can be named, and fit lists of one object', () => {
    expect(
      run(
        "List<Account> rows = (List<Account>) Type.forName('List<SObject>').newInstance(); System.debug(rows.size());",
      ),
    ).to.deep.equal(['0']);
  });

  it('call Objects in collections ANY where a cast fails', () => {
    const shown = run(
      `Object rows = new List<Object>(), name = 'x';
       try { Map<String, Object> m = (Map<String, Object>) rows; } catch (TypeException e) { System.debug(e.getMessage()); }`,
    );
    expect(shown).to.deep.equal(['Invalid conversion from runtime type List<ANY> to Map<String,ANY>']);
  });

  it('number the constants of LoggingLevel and RoundingMode in their own order, not by name', () => {
    expect(value('LoggingLevel.WARN.ordinal() < LoggingLevel.ERROR.ordinal()')).to.equal('true');
    expect(value('LoggingLevel.values()')).to.equal('(NONE, INTERNAL, FINEST, FINER, FINE, DEBUG, INFO, WARN, ERROR)');
    expect(value('RoundingMode.values()[0]')).to.equal('UP');
  });

  it('let a list of anything choose the overload for a list of Objects', () => {
    const overloads = `public class Overloads {
      public static String of(Object value) { return 'Object'; }
      public static String of(List<Object> values) { return 'List<Object>'; }
    }`;
    expect(
      run(
        `System.debug(Overloads.of(new List<Database.SaveResult>()));
         System.debug(Overloads.of(new List<List<Account>>()));
         System.debug(Overloads.of(1));`,
        overloads,
      ),
    ).to.deep.equal(['List<Object>', 'List<Object>', 'Object']);
  });
});
