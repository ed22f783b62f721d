import type { Contract, ContractRef, Diagnostic } from '../../model/index.js';
import { readContract } from './contract-reader.js';
import { ProblemList } from './problems.js';
import { ContractProgram } from './program.js';
import { reachableFiles, readSourceFiles } from './source-files.js';

/** A contract and the texts of the files that it came from, by path. */
export interface ReadContract {
  readonly contract: Contract;
  readonly sources: ReadonlyMap<string, string>;
}

/** Contracts that could be read, and every problem of all. */
export interface ReadResult {
  readonly contracts: readonly ReadContract[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads contracts with the TypeScript compiler. Loading this module loads ts-morph, which takes half a second. */
export function readContracts(projectRoot: string, contractsFolder: string, refs: readonly ContractRef[]): ReadResult {
  const problems = new ProblemList();
  const files = [...new Set(refs.map(({ file }) => file))];
  const texts = readSourceFiles(projectRoot, contractsFolder, files, problems);
  const program = new ContractProgram(texts);
  program.reportCompileErrors(problems);
  const contracts = refs.flatMap((ref) => {
    const contract = readContract(program, ref, problems);
    if (contract === undefined) return [];
    const sources = reachableFiles(texts, ref.file).map((path) => [path, texts.get(path)?.text ?? ''] as const);
    return [{ contract, sources: new Map(sources) }];
  });
  return { contracts, diagnostics: problems.sorted() };
}
