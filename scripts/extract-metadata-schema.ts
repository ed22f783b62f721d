import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';
import { schemaRoots } from '../local-org/src/metadata/registry/componentTypes.js';

/** One element as the JSON file stores it: its type, then `?` when it may be missing, or `*` when it may repeat. */
type PackedElement = string;

interface SchemaFile {
  readonly source: string;
  readonly licence: string;
  readonly types: Readonly<Record<string, Readonly<Record<string, PackedElement>>>>;
  readonly enums: Readonly<Record<string, readonly string[]>>;
}

const require = createRequire(import.meta.url);
const SCALARS = new Map([
  [ts.SyntaxKind.StringKeyword, 'string'],
  [ts.SyntaxKind.BooleanKeyword, 'boolean'],
  [ts.SyntaxKind.NumberKeyword, 'number'],
  [ts.SyntaxKind.AnyKeyword, 'any'],
  [ts.SyntaxKind.UnknownKeyword, 'any'],
]);

/** The declarations of a d.ts file, by name. */
function aliases(file: string): Map<string, ts.TypeNode> {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = new Map<string, ts.TypeNode>();
  for (const statement of source.statements) {
    if (ts.isTypeAliasDeclaration(statement)) found.set(statement.name.text, statement.type);
  }
  return found;
}

class Extractor {
  readonly types = new Map<string, Record<string, PackedElement>>();
  readonly enums = new Map<string, readonly string[]>();

  constructor(private readonly declared: ReadonlyMap<string, ts.TypeNode>) {}

  /** Name of a type in the schema; follows it, so that everything reachable is stored. */
  name(node: ts.TypeNode): string {
    const scalar = SCALARS.get(node.kind);
    if (scalar !== undefined) return scalar;
    if (!ts.isTypeReferenceNode(node)) throw new Error(`unexpected type: ${node.getText()}`);
    const name = node.typeName.getText();
    if (name === 'Date') return 'date';
    const target = this.declared.get(name);
    if (target === undefined) throw new Error(`undeclared type: ${name}`);
    return this.declaredName(name, target);
  }

  private declaredName(name: string, target: ts.TypeNode): string {
    const literals = literalsOf(target);
    if (literals !== undefined) {
      this.enums.set(name, literals);
      return name;
    }
    if (ts.isTypeLiteralNode(target) || ts.isIntersectionTypeNode(target)) {
      this.type(name);
      return name;
    }
    return this.name(target);
  }

  /** Stores a type with the elements of the types that it extends. */
  type(name: string): void {
    if (this.types.has(name)) return;
    const elements: Record<string, PackedElement> = {};
    this.types.set(name, elements);
    for (const member of this.members(name)) {
      const { type } = member;
      if (type === undefined) throw new Error(`${name}: untyped element ${member.getText()}`);
      const many = ts.isArrayTypeNode(type);
      const suffix = many ? '*' : member.questionToken === undefined ? '' : '?';
      elements[member.name.getText()] = this.name(many ? type.elementType : type) + suffix;
    }
  }

  private members(name: string): ts.PropertySignature[] {
    const node = this.declared.get(name);
    if (node === undefined) throw new Error(`undeclared type: ${name}`);
    const parts = ts.isIntersectionTypeNode(node) ? node.types : [node];
    return parts.flatMap((part) => {
      if (ts.isTypeReferenceNode(part)) return this.members(part.typeName.getText());
      if (ts.isTypeLiteralNode(part)) return part.members.filter(ts.isPropertySignature);
      throw new Error(`${name}: unexpected part ${part.getText()}`);
    });
  }
}

function literalsOf(node: ts.TypeNode): readonly string[] | undefined {
  const parts = ts.isUnionTypeNode(node) ? node.types : [node];
  const literals = parts.flatMap((part) =>
    ts.isLiteralTypeNode(part) && ts.isStringLiteral(part.literal) ? [part.literal.text] : [],
  );
  return literals.length === parts.length ? literals : undefined;
}

const sorted = <T>(map: ReadonlyMap<string, T>): Record<string, T> =>
  Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));

/** The schema of the metadata types that the local org knows, as text for `local-org/data/metadata-schema.json`. */
export function extractMetadataSchema(): string {
  const entry = require.resolve('@salesforce/types/metadata');
  const manifest: unknown = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8'));
  if (typeof manifest !== 'object' || manifest === null || !('version' in manifest)) throw new Error('no version');
  const extractor = new Extractor(aliases(entry.replace(/\.js$/, '.d.ts')));
  for (const root of schemaRoots) extractor.type(root);
  const file: SchemaFile = {
    source: `npm package @salesforce/types ${String(manifest.version)}, lib/metadata.d.ts, reduced by scripts/extract-metadata-schema.ts`,
    licence: 'Copyright (c) Salesforce, Inc. BSD-3-Clause by its package.json, Apache-2.0 by its LICENSE.txt',
    types: sorted(extractor.types),
    enums: sorted(extractor.enums),
  };
  return `${JSON.stringify(file, undefined, 1)}\n`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const target = fileURLToPath(new URL('../local-org/data/metadata-schema.json', import.meta.url));
  writeFileSync(target, extractMetadataSchema());
}
