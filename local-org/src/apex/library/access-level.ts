import { PlatformObject, type AccessMode } from '../runtime/index.js';

/** System.AccessLevel: whether a statement asks the rights of the running user. */
export class AccessLevelObject extends PlatformObject {
  override readonly typeName = 'System.AccessLevel';
  constructor(readonly user: boolean) {
    super();
  }
}

/** The access level as the last, optional argument of a method. */
export type Level = AccessLevelObject | null | undefined;

/** The mode that an access level means; without one, code runs in system mode. */
export const accessMode = (level: Level): AccessMode => (level?.user === true ? 'user' : 'system');
