import { expect } from 'chai';
import { format, type Options } from 'prettier';
import { ACTION, HOSTILE, SHORTEST, WIDE } from './support/configs.js';
import { classesOf, projectOf, sampleProject } from './support/projects.js';

const OPTIONS: Options = {
  parser: 'apex',
  plugins: ['prettier-plugin-apex'],
  tabWidth: 4,
  printWidth: 120,
  singleQuote: true,
  trailingComma: 'none',
};

async function expectFormatted(classes: ReadonlyMap<string, string>): Promise<void> {
  for (const [name, source] of classes) {
    expect(source, name).to.equal(await format(source, OPTIONS));
  }
}

describe('generated Apex: layout', () => {
  it('is what the formatter prints, for the samples', async () => {
    const classes = classesOf(await sampleProject());
    expect([...classes.keys()]).to.include.members([
      'AccountSyncCallout',
      'AccountSyncCalloutTest',
      'CreditCheckAction',
    ]);
    await expectFormatted(classes);
  });

  it('is what the formatter prints, for the longest names and many fields', async () => {
    const project = await projectOf({ 'config/integrations/extraordinarily-long-name-1234.yaml': WIDE });
    await expectFormatted(classesOf(project));
  });

  it('is what the formatter prints, for an action', async () => {
    await expectFormatted(classesOf(await projectOf({ 'config/integrations/check.yaml': ACTION })));
  });

  it('is what the formatter prints, for the shortest integration', async () => {
    await expectFormatted(classesOf(await projectOf({ 'config/integrations/account.yaml': SHORTEST })));
  });

  it('is what the formatter prints, for texts full of quotes and control characters', async () => {
    await expectFormatted(classesOf(await projectOf({ 'config/integrations/hostile.yaml': HOSTILE })));
  });
});
