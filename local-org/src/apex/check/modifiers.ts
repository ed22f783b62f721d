import { accessOf, hasAnnotation, hasModifier } from '../symbols/index.js';
import type { DeclaredType } from '../symbols/index.js';
import type { Identifier, ModifierName, Modifiers } from '../syntax/index.js';
import { PRIVATE_METHODS_STAY_SINCE } from '../types/index.js';
import type { Findings } from './problems.js';

/** What a modifier can stand on, as messages name it. */
export type Site =
  'classes' | 'interfaces' | 'enums' | 'methods' | 'fields' | 'constructors' | 'properties' | 'locals' | 'parameters';

const ACCESS: readonly ModifierName[] = ['global', 'public', 'protected', 'private'];
const SHARING: readonly ModifierName[] = ['with sharing', 'without sharing', 'inherited sharing'];

const ALLOWED: Readonly<Record<Site, ReadonlySet<ModifierName>>> = {
  classes: new Set<ModifierName>(['global', 'public', 'private', 'abstract', 'virtual', ...SHARING]),
  interfaces: new Set<ModifierName>(['global', 'public', 'private', 'virtual']),
  enums: new Set<ModifierName>(['global', 'public', 'private']),
  methods: new Set<ModifierName>([
    ...ACCESS,
    'static',
    'abstract',
    'virtual',
    'override',
    'webservice',
    'testmethod',
    'final',
  ]),
  constructors: new Set<ModifierName>(ACCESS),
  fields: new Set<ModifierName>([...ACCESS, 'static', 'final', 'transient', 'webservice']),
  properties: new Set<ModifierName>([
    ...ACCESS,
    'static',
    'transient',
    'virtual',
    'abstract',
    'override',
    'webservice',
    'final',
  ]),
  locals: new Set<ModifierName>(['final']),
  parameters: new Set<ModifierName>(['final']),
};

/** Messages spell compound modifiers in camel case. */
function spelled(name: ModifierName): string {
  if (name === 'testmethod') return 'testMethod';
  if (name === 'webservice') return 'webService';
  return name.replace(/ s/, 'S');
}

/** Modifiers that do not go with one kind of declaration, double ones, two scopes. */
export function checkModifiers(modifiers: Modifiers, site: Site, name: Identifier, findings: Findings): void {
  const seen = new Set<ModifierName>();
  for (const { name: keyword } of modifiers.keywords) {
    if (seen.has(keyword)) findings.report(name.range, `Duplicate modifier: ${spelled(keyword)}`);
    else if (!ALLOWED[site].has(keyword)) findings.report(name.range, `${spelled(keyword)} is not allowed on ${site}`);
    seen.add(keyword);
  }
  if (ACCESS.filter((access) => seen.has(access)).length > 1)
    findings.report(name.range, 'Declarations can only have one scope');
  const sharing = SHARING.filter((one) => seen.has(one));
  const [first, second] = sharing;
  if (first !== undefined && second !== undefined)
    findings.report(name.range, `${spelled(first)} classes cannot be ${spelled(second)}`);
  if (seen.has('virtual') && seen.has('abstract')) findings.report(name.range, 'abstract are by default virtual');
}

/** Release notes Winter '26: from this API version on, abstract and override methods have to name their access. */
const ACCESS_REQUIRED_SINCE = 65;

const STATIC_CLASH: readonly ModifierName[] = ['override', 'virtual', 'abstract'];

/** Rules on the modifiers of a method. */
export function checkMethodModifiers(
  modifiers: Modifiers,
  name: Identifier,
  hasBody: boolean,
  owner: DeclaredType,
  findings: Findings,
): void {
  checkModifiers(modifiers, 'methods', name, findings);
  const say = (message: string): void => findings.report(name.range, message);
  const has = (modifier: ModifierName): boolean => hasModifier(modifiers, modifier);
  const access = accessOf(modifiers);
  const isOpen = access !== undefined && access !== 'private';
  if (has('final')) say('methods are by default final');
  for (const clash of STATIC_CLASH) if (has('static') && has(clash)) say(`static methods cannot be ${clash}`);
  if (has('static') && access === 'protected') say('protected methods cannot be static');
  if (has('static') && owner.outer !== undefined) say('static can only be used on methods of a top level type');
  if (has('webservice') && !has('static')) say('webService methods must be declared as static');
  if (has('abstract') && !owner.isAbstract) say('Defining type for abstract methods must be declared as abstract');
  const needsAccess = access === 'private' || owner.apiVersion >= ACCESS_REQUIRED_SINCE;
  if (has('abstract') && !isOpen && needsAccess)
    say('abstract methods require at least one of the following global, public, protected');
  const overridesOpenly =
    owner.apiVersion >= (access === 'private' ? PRIVATE_METHODS_STAY_SINCE : ACCESS_REQUIRED_SINCE);
  if (has('override') && !has('static') && !isOpen && overridesOpenly)
    say('override methods require at least one of the following global, public, protected');
  if (has('abstract') && hasBody) say('Abstract methods cannot have a body');
  if (!has('abstract') && !hasBody) say('Method must have a body');
  if (access === 'protected' && !owner.isVirtual && owner.superType === undefined && !has('override')) {
    say('New protected methods cannot be defined in non-virtual classes');
  }
  checkGlobal(modifiers, 'methods', name, owner, findings);
}

/** A global member needs a global class around it. */
export function checkGlobal(
  modifiers: Modifiers,
  site: 'methods' | 'fields' | 'properties',
  name: Identifier,
  owner: DeclaredType,
  findings: Findings,
): void {
  if (accessOf(modifiers) !== 'global') return;
  if (owner.access !== 'global')
    findings.report(name.range, `Defining type for global ${site} must be declared as global`);
}

/** Rules on the modifiers of a field. */
export function checkFieldModifiers(
  modifiers: Modifiers,
  site: 'fields' | 'properties',
  name: Identifier,
  owner: DeclaredType,
  findings: Findings,
): void {
  checkModifiers(modifiers, site, name, findings);
  if (hasModifier(modifiers, 'static') && owner.outer !== undefined)
    findings.report(name.range, 'static can only be used on fields of a top level type');
  checkGlobal(modifiers, site, name, owner, findings);
}

/** Rules on the modifiers of a class, interface or enum. */
export function checkTypeModifiers(
  modifiers: Modifiers,
  site: Site,
  name: Identifier,
  owner: DeclaredType | undefined,
  findings: Findings,
): void {
  checkModifiers(modifiers, site, name, findings);
  const access = accessOf(modifiers);
  const isVisible = access === 'public' || access === 'global';
  if (owner === undefined && !isVisible && !hasAnnotation(modifiers, 'istest')) {
    findings.report(name.range, 'Top-level type must have public or global visibility');
  }
}
