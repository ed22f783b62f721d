import { accessOf } from '../symbols/index.js';
import type { ClassDeclaration, MemberDeclaration, TypeDeclaration } from '../syntax/index.js';
import type { Findings } from './problems.js';

/** How messages name what a member is; initialisers have no access. */
const SITES: Readonly<Record<Exclude<MemberDeclaration['kind'], 'initializer'>, string>> = {
  class: 'classes',
  interface: 'interfaces',
  enum: 'enums',
  method: 'methods',
  constructor: 'constructors',
  field: 'fields',
  property: 'properties',
};

/** What is global in an inner type, and the inner type itself, needs a global top-level type; the message stands at that one's name. */
export function checkEnclosed(outer: ClassDeclaration, findings: Findings): void {
  if (accessOf(outer.modifiers) === 'global') return;
  for (const inner of outer.members.filter(isType)) {
    for (const member of [inner, ...membersOf(inner)]) {
      if (member.kind === 'initializer' || accessOf(member.modifiers) !== 'global') continue;
      const site = SITES[member.kind];
      findings.report(outer.name.range, `Enclosing type for global ${site} in apex classes must be declared as global`);
    }
  }
}

function isType(member: MemberDeclaration): member is TypeDeclaration {
  return member.kind === 'class' || member.kind === 'interface' || member.kind === 'enum';
}

const membersOf = (type: TypeDeclaration): readonly MemberDeclaration[] => (type.kind === 'class' ? type.members : []);
