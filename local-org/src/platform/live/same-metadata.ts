import type { OrgState, StoredComponent } from '../../store/index.js';

/** Whether two states hold the same: a deployment that changes nothing makes a new state all the same. */
export function holdSameMetadata(left: OrgState, right: OrgState): boolean {
  if (left.users !== right.users) return false;
  const [before, after] = [left.all(), right.all()];
  return before.length === after.length && before.every((component, at) => isSame(component, after[at]));
}

function isSame(left: StoredComponent, right: StoredComponent | undefined): boolean {
  return (
    right !== undefined &&
    left.id === right.id &&
    left.content === right.content &&
    left.metaXml === right.metaXml &&
    JSON.stringify(left.childIds) === JSON.stringify(right.childIds)
  );
}
