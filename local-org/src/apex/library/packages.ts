import {
  apexError,
  PlatformObject,
  Unsupported,
  type ApexObject,
  type ApexRuntime,
  type LibraryModule,
  type TestState,
} from '../runtime/index.js';
import { required } from './arguments.js';

class VersionObject extends PlatformObject {
  override readonly typeName = 'System.Version';

  constructor(
    readonly major: number,
    readonly minor: number,
    readonly patch: number | null,
  ) {
    super();
  }

  /** Versions without a patch number compare as if they had the same. */
  compareTo(other: VersionObject): number {
    return (
      Math.sign(this.major - other.major) ||
      Math.sign(this.minor - other.minor) ||
      (this.patch === null || other.patch === null ? 0 : Math.sign(this.patch - other.patch))
    );
  }
}

class InstallContextObject extends PlatformObject {
  constructor(
    override readonly typeName: 'System.InstallContext' | 'System.UninstallContext',
    readonly previousVersion: VersionObject | null,
    readonly isPush: boolean,
  ) {
    super();
  }
}

/** `Test.testInstall` and `Test.testUninstall`: call the script of a package as its installation does (Apex Reference Guide, "Test"). */
export const packageTests = (
  runtime: ApexRuntime,
): {
  readonly testInstall: (handler: ApexObject | null, version: VersionObject | null, isPush?: boolean | null) => void;
  readonly testUninstall: (handler: ApexObject | null) => void;
} => ({
  testInstall: (handler, version, isPush = false) => {
    const context = new InstallContextObject('System.InstallContext', version, isPush === true);
    runtime.call(required(handler), 'onInstall', [context]);
  },
  testUninstall: (handler) => {
    runtime.call(required(handler), 'onUninstall', [new InstallContextObject('System.UninstallContext', null, false)]);
  },
});

const valuesOf = new WeakMap<TestState, Map<string, unknown>>();

/** Values that a test gives to feature parameters. Outside of tests only an installed package has any. */
function parameters(runtime: ApexRuntime, method: string): Map<string, unknown> {
  const { test } = runtime.tx;
  if (test === undefined) throw new Unsupported(`System.FeatureManagement.${method}`);
  const values = valuesOf.get(test) ?? new Map<string, unknown>();
  valuesOf.set(test, values);
  return values;
}

function check(runtime: ApexRuntime, kind: string): (name: string | null) => unknown {
  const method = `checkPackage${kind}Value`;
  return (name) => {
    const value = parameters(runtime, method).get(`${kind}.${required(name).toLowerCase()}`);
    if (value === undefined)
      throw apexError('NoDataFoundException', `No feature parameter found with name: ${String(name)}`);
    return value;
  };
}

function set(runtime: ApexRuntime, kind: string): (name: string | null, value: unknown) => void {
  const method = `setPackage${kind}Value`;
  return (name, value) =>
    void parameters(runtime, method).set(`${kind}.${required(name).toLowerCase()}`, required(value, 2));
}

/** Feature parameters of packages, by the type of their values. */
export const featureParameters = (runtime: ApexRuntime): Readonly<Record<string, (...args: never[]) => unknown>> =>
  Object.fromEntries(
    ['Boolean', 'Date', 'Integer'].flatMap((kind) => [
      [`checkPackage${kind}Value`, check(runtime, kind)],
      [`setPackage${kind}Value`, set(runtime, kind)],
    ]),
  );

export const packageModules: readonly LibraryModule[] = [
  {
    owner: 'System.Version',
    members: () => ({
      '<init>': (major: number | null, minor: number | null, patch?: number | null) =>
        new VersionObject(required(major), required(minor, 2), patch === undefined ? null : required(patch, 3)),
      major: (self: VersionObject) => self.major,
      minor: (self: VersionObject) => self.minor,
      patch: (self: VersionObject) => self.patch,
      compareTo: (self: VersionObject, other: VersionObject | null) => self.compareTo(required(other)),
    }),
  },
  {
    owner: 'System.InstallContext',
    members: (runtime) => ({
      installerId: () => runtime.tx.userId,
      isPush: (self: InstallContextObject) => self.isPush,
      isUpgrade: (self: InstallContextObject) => self.previousVersion !== null,
      organizationId: () => runtime.options.identity.organizationId,
      previousVersion: (self: InstallContextObject) => self.previousVersion,
    }),
  },
  {
    owner: 'System.UninstallContext',
    members: (runtime) => ({
      organizationId: () => runtime.options.identity.organizationId,
      uninstallerId: () => runtime.tx.userId,
    }),
  },
];
