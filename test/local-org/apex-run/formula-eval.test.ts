import { expect } from 'chai';

import { field, object } from './metadata.js';
import { run } from './run.js';

/** What a formula on accounts makes of one. */
function evaluated(
  returns: string,
  formula: string,
  account = "new Account(Name = 'Acme', NumberOfEmployees = 7)",
): string {
  return run(`try {
      System.debug(Formula.builder().withReturnType(FormulaEval.FormulaReturnType.${returns}).withType(Account.SObjectType)
        .withFormula('${formula}').build().evaluate(${account}));
    } catch (FormulaValidationException e) { System.debug('refused'); }`).join();
}

// Apex Developer Guide: Formula Evaluation in Apex.
describe('Formula.builder', () => {
  it('evaluates formulas on records in memory, as the type that is asked for', () => {
    expect(evaluated('BOOLEAN', 'Name = "Acme"')).to.equal('true');
    expect(evaluated('STRING', 'Name & "!"')).to.equal('Acme!');
    expect(evaluated('DECIMAL', 'NumberOfEmployees / 2')).to.equal('3.5');
    expect(evaluated('INTEGER', 'NumberOfEmployees + 1')).to.equal('8');
    expect(evaluated('DATE', 'DATE(2026, 1, 2)')).to.equal('2026-01-02 00:00:00');
    expect(evaluated('STRING', 'Parent.Name', "new Account(Parent = new Account(Name = 'Top'))")).to.equal('Top');
  });

  it('refuses formulas that cannot be read, name nothing, or have another type', () => {
    for (const formula of ['This will not compile!!!', 'Nme = "x"', 'Name'])
      expect(evaluated('BOOLEAN', formula), formula).to.equal('refused');
  });

  it('refuses functions by name that the local org does not have', () => {
    expect(() => evaluated('DECIMAL', 'TRUNC(1.5)')).to.throw('TRUNC');
  });

  it('reads global variables that are enabled', () => {
    const shown =
      run(`FormulaEval.FormulaBuilder builder = Formula.builder().withReturnType(FormulaEval.FormulaReturnType.STRING)
        .withType(Account.SObjectType).withFormula('$User.Id');
      try { builder.build(); } catch (FormulaValidationException e) { System.debug('refused'); }
      builder.withGlobalVariables(new List<FormulaEval.FormulaGlobal>{ FormulaEval.FormulaGlobal.USER });
      System.debug(builder.build().evaluate(new Account()) == UserInfo.getUserId().left(15));
      System.debug(builder.build().getReferencedFields());`);
    expect(shown).to.deep.equal(['refused', 'true', '{$User.Id}']);
  });

  it('evaluates formulas on global members of objects of global classes', () => {
    const pair = (access: string): string =>
      `${access} class Pair { ${access} Account record { get { return (Account) held; } } public SObject held; ${access} Integer size = 3; }`;
    const body = `Pair pair = new Pair(); pair.held = new Account(Name = 'Acme');
      try { System.debug(Formula.builder().withReturnType(FormulaEval.FormulaReturnType.BOOLEAN).withType(Pair.class)
        .withFormula('AND(record.Name = "Acme", size = 3)').build().evaluate(pair)); }
      catch (FormulaValidationException e) { System.debug('refused'); }`;
    expect(run(body, pair('global'))).to.deep.equal(['true']);
    expect(run(body, pair('public'))).to.deep.equal(['refused']);
  });

  it('sets the formula fields of records in memory anew', () => {
    const shown = run(
      `Parcel__c parcel = new Parcel__c(Weight__c = 3); FormulaRecalcResult result = Formula.recalculateFormulas(new List<Parcel__c>{ parcel })[0];
      System.debug(parcel.Double__c + ' ' + result.isSuccess() + ' ' + (result.getSObject() === parcel));`,
      object(
        'Parcel__c',
        field('Weight__c', 'Number', '<precision>5</precision><scale>0</scale>') +
          field('Double__c', 'Number', '<precision>5</precision><scale>0</scale><formula>Weight__c * 2</formula>'),
      ),
    );
    expect(shown).to.deep.equal(['6 true true']);
  });
});
