import { expect } from 'chai';
import { z } from 'zod';
import { parseSfJson, runSf } from '../../generator/src/deploy/index.js';
import { createLocalOrg, type LocalOrg } from '../../local-org/src/index.js';
import { brokenPackages, type BrokenPackage } from './broken-packages/index.js';
import { SfWorkspace } from './support/sfCli.js';

const failed = z.looseObject({
  result: z.looseObject({
    status: z.literal('Failed'),
    files: z.array(
      z.looseObject({
        filePath: z.string().optional(),
        lineNumber: z.number().optional(),
        columnNumber: z.number().optional(),
        error: z.string().optional(),
      }),
    ),
  }),
});

describe('broken packages, deployed with the real SF CLI', function () {
  this.timeout(60_000);
  let org: LocalOrg;
  let work: SfWorkspace;

  before(async () => {
    org = await createLocalOrg({ alias: 'broken' });
    work = new SfWorkspace();
    await work.login(org);
  });

  after(async () => {
    work.remove();
    await org.close();
  });

  /** Runs in the package's own folder: it is an SFDX project. */
  const deploy = async ({ directory }: BrokenPackage): Promise<unknown> => {
    const run = await runSf(
      ['project', 'deploy', 'start', '--source-dir', 'force-app', '--target-org', 'local', '--json'],
      {
        projectRoot: directory,
        home: work.home,
        loopback: true,
        output: 'capture',
      },
    );
    expect(run.exitCode, run.stdout).to.equal(1);
    return parseSfJson(run);
  };

  for (const broken of brokenPackages()) {
    it(`${broken.name} fails at the right file and line`, async () => {
      const { result } = failed.parse(await deploy(broken));
      const found = result.files.flatMap(({ error, filePath = '', lineNumber, columnNumber }) =>
        error === undefined
          ? []
          : [
              {
                file: filePath.slice(filePath.indexOf('force-app')).replaceAll('\\', '/'),
                line: lineNumber,
                column: columnNumber,
                message: error.replace(/ \(\d+:\d+\)$/, ''),
              },
            ],
      );
      expect(found).to.have.deep.members([...broken.expected]);
    });
  }
});
