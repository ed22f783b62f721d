import { expect } from 'chai';
import { run, value } from './run.js';

describe('types at run time', () => {
  it('of Type.forName are objects before they are classes of the same name', () => {
    const shadow = 'public class Account {}';
    expect(value("Type.forName('Account').newInstance() instanceof SObject", shadow)).to.equal('true');
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
