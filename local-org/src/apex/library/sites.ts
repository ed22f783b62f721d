import { Unsupported, type LibraryFunction, type LibraryModule } from '../runtime/index.js';

const nothing = (): null => null;
const no = (): boolean => false;

/**
 * System.Network and System.Site outside of a site, where all Apex of the local org runs: the platform then answers null or false (Apex Reference
 * Guide: Network Class, Site Class).
 */
const SITE: Readonly<Record<string, LibraryFunction>> = {
  ...Object.fromEntries(
    [
      'changePassword',
      'createExternalUser',
      'createPersonAccountPortalUser',
      'createPortalUser',
      'getAdminEmail',
      'getAdminId',
      'getAnalyticsTrackingCode',
      'getBaseCustomUrl',
      'getBaseInsecureUrl',
      'getBaseRequestUrl',
      'getBaseSecureUrl',
      'getBaseUrl',
      'getCurrentSiteUrl',
      'getCustomWebAddress',
      'getDomain',
      'getErrorDescription',
      'getErrorMessage',
      'getExperienceId',
      'getMasterLabel',
      'getName',
      'getOriginalUrl',
      'getPasswordPolicyStatement',
      'getPathPrefix',
      'getPrefix',
      'getSiteId',
      'getSiteType',
      'getSiteTypeLabel',
      'getTemplate',
      'login',
      'passwordlessLogin',
    ].map((name) => [name, nothing]),
  ),
  forgotPassword: no,
  isLoginEnabled: no,
  isPasswordExpired: no,
  isRegistrationEnabled: no,
  isValidUsername: (name: string | null) => name !== null && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(name),
};

const NETWORK: Readonly<Record<string, LibraryFunction>> = {
  communitiesLanding: nothing,
  forwardToAuthPage: nothing,
  getNetworkId: nothing,
  ...Object.fromEntries(
    ['getLoginUrl', 'getLogoutUrl', 'getSelfRegUrl'].map((name) => [
      name,
      () => {
        throw new Unsupported(`Network.${name}: sites`);
      },
    ]),
  ),
};

export const siteModules: readonly LibraryModule[] = [
  { owner: 'System.Site', members: () => SITE },
  { owner: 'System.Network', members: () => NETWORK },
];
