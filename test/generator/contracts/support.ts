import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import prettier from 'prettier';
import { emitContracts, loadContracts, type LoadedContracts } from '../../../generator/src/contracts/index.js';
import type {
  Contract,
  ContractClass,
  ContractEnum,
  ContractMember,
  ContractRef,
  ContractType,
  Integration,
  ProjectPath,
  ScalarType,
} from '../../../generator/src/model/index.js';

const PLUGIN = createRequire(import.meta.url).resolve('prettier-plugin-apex');

/** What the formatter makes of Apex under the repository's own settings. */
export async function formatApex(text: string): Promise<string> {
  const options = await prettier.resolveConfig('force-app/main/Any.cls', { editorconfig: false });
  return prettier.format(text, { ...options, parser: 'apex', plugins: [PLUGIN] });
}

export function projectPath(path: string): ProjectPath {
  return path as ProjectPath;
}

const SCALARS: readonly ScalarType[] = [
  'String',
  'Integer',
  'Long',
  'Decimal',
  'Double',
  'Boolean',
  'Date',
  'Datetime',
  'Id',
  'Blob',
  'Object',
];

/** Contracts with names of every length, so that lines break in every way that they can. */
export function contracts(longestMember = 90): fc.Arbitrary<Contract> {
  const className = fc.integer({ min: 2, max: 36 }).map((length) => `R${'o'.repeat(length - 1)}`);
  const innerNames = fc
    .array(fc.integer({ min: 2, max: 40 }), { minLength: 1, maxLength: 3 })
    .map((lengths) => lengths.map((length, at) => `${'BCD'.charAt(at)}${'x'.repeat(length - 1)}`));
  const enumName = fc.integer({ min: 2, max: 40 }).map((length) => `E${'y'.repeat(length - 1)}`);
  return fc.tuple(className, innerNames, enumName).chain(([root, inner, enumeration]) => {
    const leaf: fc.Arbitrary<ContractType> = fc.oneof(
      fc.constantFrom(...SCALARS).map((scalar): ContractType => ({ kind: 'scalar', scalar })),
      fc.constantFrom(...inner).map((name): ContractType => ({ kind: 'class', name })),
      fc.constant<ContractType>({ kind: 'enum', name: enumeration }),
    );
    const { type } = fc.letrec<{ type: ContractType }>((tie) => ({
      type: fc.oneof(
        { maxDepth: 2, withCrossShrink: true },
        leaf,
        tie('type').map((element): ContractType => ({ kind: 'list', element })),
        tie('type').map((value): ContractType => ({ kind: 'map', value })),
      ),
    }));
    const member = fc.record({
      length: fc.integer({ min: 1, max: longestMember }),
      keyLength: fc.integer({ min: 1, max: longestMember }),
      type,
      presence: fc.constantFrom('required', 'optional', 'nullable'),
      description: fc.constantFrom('', 'One line.', 'Two\n\nlines.'),
    });
    const members = fc.array(member, { minLength: 1, maxLength: 6 }).map((drafts) =>
      drafts.map(({ length, keyLength, type: memberType, presence, description }, at): ContractMember => ({
        jsonName: `${'ä'.repeat(keyLength)}${String(at)}`,
        apexName: `${'m'.repeat(length)}${String(at)}`,
        type: memberType,
        optional: presence === 'optional' || (presence === 'required' && memberType.kind === 'class'),
        nullable: presence === 'nullable',
        description,
      })),
    );
    const texts = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 60 }), { minLength: 1, maxLength: 4 });
    return fc
      .tuple(members, fc.tuple(...inner.map(() => members)), texts)
      .map(([rootMembers, innerMembers, values]) => {
        const classes = inner.map((name, at): ContractClass => ({
          name,
          description: '',
          members: innerMembers[at] ?? [],
        }));
        const enums: ContractEnum[] = [
          {
            name: enumeration,
            description: '',
            values: values.map((jsonValue, at) => ({ apexName: `VALUE_${String(at)}`, jsonValue })),
          },
        ];
        return {
          ref: { file: projectPath('config/contracts/any.ts'), interfaceName: root },
          className: root,
          root: { name: root, description: 'Anything.', members: rootMembers },
          classes,
          enums,
        };
      });
  });
}

/** Contract files of one test, in a project of its own. */
export interface ContractProject {
  readonly root: string;
  write(path: string, text: string): void;
  load(...refs: readonly ContractRef[]): Promise<LoadedContracts>;
  remove(): void;
}

export function contractProject(files: Readonly<Record<string, string>> = {}): ContractProject {
  const root = mkdtempSync(join(tmpdir(), 'callout-contracts-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const [name, text] of Object.entries(files)) write(`config/contracts/${name}`, text);
  return {
    root,
    write,
    load: (...refs) => loadContracts({ projectRoot: root, refs }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

export function ref(file: string, interfaceName: string): ContractRef {
  return { file: projectPath(`config/contracts/${file}`), interfaceName };
}

/** Reads one interface from one text; problems are returned as `line:column code`. */
export async function readText(
  text: string,
  interfaceName = 'Payload',
): Promise<{ readonly contract: Contract | undefined; readonly problems: readonly string[] }> {
  const project = contractProject({ 'a.ts': text });
  try {
    const { contracts: read, diagnostics } = await project.load(ref('a.ts', interfaceName));
    const problems = diagnostics.map(
      ({ position, code }) => `${String(position.line)}:${String(position.column)} ${code}`,
    );
    return { contract: read[0], problems };
  } finally {
    project.remove();
  }
}

/** The files that one integration's contracts become, by name without folder. */
export function emitted(read: readonly Contract[]): ReadonlyMap<string, string> {
  const requests = read.map((contract) => ({ body: { kind: 'contract', contract: contract.ref, fields: [] } }));
  const integrations = [{ name: 'account-sync', requests }] as unknown as readonly Integration[];
  const files = emitContracts({ contracts: read, integrations });
  return new Map(files.map(({ path, content }) => [basename(path), content]));
}
