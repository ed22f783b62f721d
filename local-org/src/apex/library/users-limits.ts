import { apexError, type ApexRuntime, runningAccess, type LibraryModule, Unsupported } from '../runtime/index.js';
import { TimeZoneObject } from './dates.js';
import { featureParameters } from './packages.js';

function userValue(runtime: ApexRuntime, field: string): string | null {
  const value = runtime.data.store.rowOfId(runtime.tx.userId)?.row.values[field];
  return typeof value === 'string' ? value : null;
}

export const userInfoModule: LibraryModule = {
  owner: 'System.UserInfo',
  members: (runtime) => ({
    getUserId: () => runtime.tx.userId,
    getUserName: () => userValue(runtime, 'Username'),
    getName: () => userValue(runtime, 'Name'),
    getFirstName: () => userValue(runtime, 'FirstName'),
    getLastName: () => userValue(runtime, 'LastName'),
    getUserEmail: () => userValue(runtime, 'Email'),
    getProfileId: () => userValue(runtime, 'ProfileId'),
    getUserRoleId: () => userValue(runtime, 'UserRoleId'),
    getOrganizationId: () => runtime.options.identity.organizationId,
    getOrganizationName: () => 'Local Org',
    getLocale: () => userValue(runtime, 'LocaleSidKey') ?? 'en_US',
    getLanguage: () => userValue(runtime, 'LanguageLocaleKey') ?? 'en_US',
    getTimeZone: () => new TimeZoneObject(runtime.timeZone),
    getUserType: () => 'Standard',
    getDefaultCurrency: () => 'USD',
    isMultiCurrencyOrganization: () => false,
    isCurrentUserLicensed: () => true,
    getUiTheme: () => 'Theme4d',
    getUiThemeDisplayed: () => 'Theme4d',
    // Tests have a session that opens nothing.
    getSessionId: () =>
      runtime.tx.test === undefined ? null : `${runtime.options.identity.organizationId.slice(0, 15)}!ApexTestSession`,
  }),
};

export const requestModule: LibraryModule = {
  owner: 'System.Request',
  members: (runtime) => ({
    getCurrent: () => runtime.tx,
    getRequestId: () => runtime.tx.requestId,
    getQuiddity: () => runtime.platformEnum('System.Quiddity', runtime.tx.quiddity),
  }),
};

export const featureModule: LibraryModule = {
  owner: 'System.FeatureManagement',
  members: (runtime) => ({
    checkPermission: (name: string | null) => {
      if (name === null) throw apexError('NullPointerException', 'Argument 1 cannot be null');
      return runningAccess(runtime).hasCustomPermission(name);
    },
    ...featureParameters(runtime),
    changeProtection: () => {
      throw new Unsupported('FeatureManagement.changeProtection');
    },
  }),
};
