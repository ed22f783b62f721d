import { Project, ts, type SourceFile } from 'ts-morph';
import type { ProblemList } from './problems.js';
import type { SourceTexts } from './source-files.js';

/** "Cannot find module": said already, with more words, where the import was followed. */
const MODULE_NOT_FOUND = new Set([2307, 2792, 2834, 2835]);

/** Stands for `..` in memory: a configuration may lie outside the project, and nothing lies above an in-memory root. */
const PARENT = '__parent__';

/** The contract files, parsed and type-checked in memory; nothing else of the project or its packages can be reached. */
export class ContractProgram {
  private readonly project = new Project({
    useInMemoryFileSystem: true,
    compilerOptions: {
      strict: true,
      noEmit: true,
      allowImportingTsExtensions: true,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2022.d.ts'],
      types: [],
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
    },
  });

  private readonly pathOf = new Map<SourceFile, string>();

  public constructor(texts: SourceTexts) {
    for (const [path, { text }] of texts) {
      this.pathOf.set(this.project.createSourceFile(`/project/${path.replaceAll('..', PARENT)}`, text), path);
    }
  }

  public sourceFile(path: string): SourceFile | undefined {
    for (const [file, filePath] of this.pathOf) if (filePath === path) return file;
    return undefined;
  }

  public get sourceFiles(): Iterable<SourceFile> {
    return this.pathOf.keys();
  }

  /** Path of a contract file relative to the project root; undefined for TypeScript's own library. */
  public projectPath(file: SourceFile): string | undefined {
    return this.pathOf.get(file);
  }

  /** Reports what TypeScript itself finds wrong. */
  public reportCompileErrors(problems: ProblemList): void {
    for (const diagnostic of this.project.getPreEmitDiagnostics()) {
      const file = diagnostic.getSourceFile();
      const path = file === undefined ? undefined : this.projectPath(file);
      const start = diagnostic.getStart();
      if (file === undefined || path === undefined || start === undefined) continue;
      if (MODULE_NOT_FOUND.has(diagnostic.getCode())) continue;
      const message = ts.flattenDiagnosticMessageText(diagnostic.compilerObject.messageText, ' ');
      problems.add({ file: path, ...file.getLineAndColumnAtPos(start) }, file.getFullText(), {
        code: 'contract-compile-error',
        message: `TypeScript says: ${message} (TS${String(diagnostic.getCode())})`,
        reason: 'A contract that does not compile has no certain meaning.',
        fix: 'Correct the TypeScript.',
      });
    }
  }
}
