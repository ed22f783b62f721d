/** How far access to one record goes; each level includes those before it. `all`: delete, transfer and share as well. */
export type AccessLevel = 'none' | 'read' | 'edit' | 'all';

const ORDER: Readonly<Record<AccessLevel, number>> = { none: 0, read: 1, edit: 2, all: 3 };

export function reaches(level: AccessLevel, needed: AccessLevel): boolean {
  return ORDER[level] >= ORDER[needed];
}

export function higher(left: AccessLevel, right: AccessLevel): AccessLevel {
  return reaches(left, right) ? left : right;
}

export function lower(left: AccessLevel, right: AccessLevel): AccessLevel {
  return reaches(left, right) ? right : left;
}

const LEVELS: Readonly<Record<string, AccessLevel>> = {
  None: 'none',
  Read: 'read',
  Edit: 'edit',
  All: 'all',
  ControlledByLeadOrContact: 'none',
};

/** The level that a share row or a role names. */
export function levelNamed(name: unknown): AccessLevel {
  return (typeof name === 'string' ? LEVELS[name] : undefined) ?? 'none';
}
