import { selectTests, type ApexEngine, type TestClass } from '../../../apex/test-runner/index.js';
import { ApiError } from '../../api-error.js';
import type { TestRequest, WantedClass } from './test-request.js';

/** Names of test classes and methods that a run has to do; resolved again when their turn comes. */
export interface ChosenClass {
  readonly className: string;
  /** Lower-cased; all methods when empty. */
  readonly methods: ReadonlySet<string>;
}

/**
 * The test classes that a request wants, each once. Throws ApiError for a class that the org has not or that has no tests, and for a method
 * that the class has not.
 * @param nameOf name of the class with an Id
 */
export function chooseTests(
  engine: ApexEngine,
  request: TestRequest,
  nameOf: (id: string) => string | undefined,
): readonly ChosenClass[] {
  const all = selectTests(engine, undefined);
  if (request.classes === undefined) return all.map(({ symbol }) => ({ className: symbol.name, methods: new Set() }));
  const chosen = new Map<string, Set<string>>();
  for (const wanted of request.classes) {
    const found = findClass(all, wanted, nameOf);
    const methods = wanted.methods.map((method) => methodOf(found, method));
    const before = chosen.get(found.symbol.name);
    if (before === undefined) chosen.set(found.symbol.name, new Set(methods));
    // A class that was asked for as a whole stays whole.
    else if (methods.length === 0 || before.size === 0) before.clear();
    else for (const method of methods) before.add(method);
  }
  return [...chosen].map(([className, methods]) => ({ className, methods }));
}

function findClass(
  all: readonly TestClass[],
  { reference }: WantedClass,
  nameOf: (id: string) => string | undefined,
): TestClass {
  const name = (/^01p\w{12}(?:\w{3})?$/.test(reference) ? nameOf(reference) : undefined) ?? reference;
  const found = all.find(({ symbol }) => symbol.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  throw new ApiError(
    400,
    'INVALID_INPUT',
    `This class name's value is invalid: ${reference}. Provide the name of an Apex class that has test methods.`,
  );
}

function methodOf({ symbol, methods }: TestClass, name: string): string {
  const lower = name.toLowerCase();
  if (methods.some((method) => method.name.toLowerCase() === lower)) return lower;
  throw new ApiError(400, 'INVALID_INPUT', `The class ${symbol.name} has no test method ${name}.`);
}

/** The chosen class as it is now, with the chosen methods only; undefined when the org has it no more. */
export function currentTest(engine: ApexEngine, { className, methods }: ChosenClass): TestClass | undefined {
  const found = selectTests(engine, undefined).find(({ symbol }) => symbol.name === className);
  if (found === undefined || methods.size === 0) return found;
  return { ...found, methods: found.methods.filter((method) => methods.has(method.name.toLowerCase())) };
}
