import { rightsFrom, type ObjectRights } from '../permissions/rights.js';

/** A profile that every org has, with what its permission set grants. */
export interface StandardProfile {
  readonly name: string;
  /** `Admin` for System Administrator: how the Metadata API calls it. */
  readonly metadataName: string;
  readonly license: string;
  /** Names of user permissions as metadata spells them. */
  readonly userPermissions: readonly string[];
  /** Rights on standard objects by name; others are not granted. */
  readonly objects: Readonly<Record<string, ObjectRights>>;
  /** Whether it grants the standard fields that field-level security can hide. */
  readonly fields: 'all' | 'standard' | 'none';
}

/** Rights of the Standard User on standard objects, as a Developer Edition org lists them. */
const STANDARD_USER: Readonly<Record<string, string>> = {
  Account: 'RCED',
  Address: 'RCE',
  Asset: 'RCED',
  AuthorizationForm: 'RCED',
  AuthorizationFormConsent: 'RCED',
  AuthorizationFormDataUse: 'RCED',
  AuthorizationFormText: 'RCED',
  BusinessBrand: 'RCED',
  Campaign: 'R',
  Case: 'RCE',
  CommSubscription: 'RED',
  CommSubscriptionChannelType: 'RED',
  CommSubscriptionConsent: 'RCED',
  CommSubscriptionTiming: 'RCED',
  Contact: 'RCED',
  ContactPointAddress: 'RCED',
  ContactPointConsent: 'RCED',
  ContactPointEmail: 'RCED',
  ContactPointPhone: 'RCED',
  ContactPointTypeConsent: 'RCED',
  ContactRequest: 'RCE',
  Contract: 'RCED',
  ContractLineItem: 'R',
  Customer: 'RCED',
  DandBCompany: 'R',
  DataUseLegalBasis: 'RCED',
  DataUsePurpose: 'RED',
  EngagementChannelType: 'RCED',
  Entitlement: 'R',
  EntitlementContact: 'R',
  Idea: 'RC',
  Individual: 'RCED',
  Lead: 'RCED',
  Location: 'RCE',
  Macro: 'R',
  MessagingEndUser: 'RCED',
  MessagingSession: 'RCED',
  OperatingHours: 'RCE',
  Opportunity: 'RCED',
  Order: 'RCED',
  PartyConsent: 'RCED',
  Pricebook2: 'R',
  Product2: 'R',
  ProductCatalog: 'R',
  ProductCategory: 'R',
  ProductCategoryProduct: 'R',
  QuickText: 'R',
  ReturnOrder: 'RCE',
  ServiceAppointment: 'RCE',
  ServiceContract: 'R',
  ServiceResource: 'RCE',
  ServiceTerritory: 'R',
  Shift: 'RCE',
  Shipment: 'RCE',
  SocialPersona: 'RCED',
  Solution: 'RC',
  StreamingChannel: 'RCED',
  UserExternalCredential: 'RCED',
  WorkOrder: 'RCE',
  WorkType: 'RCE',
};

/** Objects that only administrators have rights on in a new org, but that permission sets can open. */
const OTHERS = ['Document', 'Quote', 'Incident', 'Problem', 'ChangeRequest', 'Image', 'Invoice', 'Payment', 'Refund'];

/** Standard objects that object permissions exist for. */
export const PERMISSIONABLE_OBJECTS: ReadonlySet<string> = new Set([...Object.keys(STANDARD_USER), ...OTHERS]);

/** What Read Only does not even read. */
const UNREAD: ReadonlySet<string> = new Set([
  'UserExternalCredential',
  'StreamingChannel',
  'BusinessBrand',
  'Customer',
]);

function objects(rightsOf: (name: string, standard: string) => string): Readonly<Record<string, ObjectRights>> {
  const entries = [...PERMISSIONABLE_OBJECTS]
    .map((name): [string, string] => [name, rightsOf(name, STANDARD_USER[name] ?? '')])
    .filter(([, letters]) => letters !== '');
  return Object.fromEntries(entries.map(([name, letters]) => [name, rightsFrom(letters)]));
}

const standardRights = objects((_name, standard) => standard);

const BASIC = 'ActivitiesAccess ChatterInternalUser LightningConsoleAllowedForUser ViewHelpLink';
const READ_ONLY = `${BASIC} ApexRestServices ApiEnabled AssignTopics ChatterEditOwnPost ChatterFileLink ChatterInviteExternalUsers ChatterOwnGroups ContentWorkspaces CreateCustomizeFilters CreateCustomizeReports CreateTopics EditOppLineItemUnitPrice EditTopics EnableNotifications ExportReport LightningExperienceUser RunReports SelectFilesFromSalesforce ShowCompanyNameAsUserBadge SubmitMacrosAllowed SubscribeToLightningReports UseWebLink ViewRoles ViewSetup`;
const STANDARD = `${READ_ONLY} ConvertLeads DistributeFromPersWksp EditEvent EditTask EmailMass EmailSingle ImportPersonal ListEmailSend MassInlineEdit TransactionalEmailSend ViewDeveloperName`;
const MARKETING = `${STANDARD} EditBrandTemplates EditHtmlTemplates EditPublicDocuments EditPublicTemplates ImportLeads`;
const ADMIN = `${MARKETING} ActivateContract ActivateOrder ApprovalAdmin AssignPermissionSets AuthorApex CanInsertFeedSystemFields CreateCustomizeDashboards CreateDashboardFolders CreatePackaging CreateReportFolders CustomizeApplication DataExport DeleteActivatedContract EditActivatedOrders EditBillingInfo EditCaseComments EditPublicFilters EditReadonlyFields FreezeUsers ImportCustomObjects InstallPackaging ManageAuthProviders ManageBusinessHourHolidays ManageCases ManageCategories ManageCertificates ManageContentPermissions ManageCustomPermissions ManageCustomReportTypes ManageDashbdsInPubFolders ManageDataCategories ManageDataIntegrations ManageDynamicDashboards ManageEntitlements ManageHealthCheck ManageInteraction ManageInternalUsers ManageIpAddresses ManageLeads ManageLoginAccessPolicies ManageMobile ManageNetworks ManagePackageLicenses ManagePasswordPolicies ManageProfilesPermissionsets ManageRemoteAccess ManageReportsInPubFolders ManageRoles ManageSharing ManageSolutions ManageUnlistedGroups ManageUsers ModerateChatter ModifyAllData ModifyDataClassification ModifyMetadata MonitorLoginHistory PrivacyDataAccess ResetPasswords ScheduleJob ScheduleReports SendCustomNotifications SolutionImport TransferAnyCase TransferAnyEntity TransferAnyLead UseTeamReassignWizards ViewAllData ViewAllProfiles ViewAllUsers ViewDataCategories ViewEventLogFiles ViewHealthCheck ViewPublicDashboards ViewPublicReports ViewUserPII`;

const words = (text: string): readonly string[] => text.split(' ');
const SALESFORCE = 'Salesforce';

/**
 * The profiles of a new org. Source: help "Standard Profiles", and the permissions that a Developer Edition org lists for them.
 * A new custom object is open to System Administrator only.
 */
export const STANDARD_PROFILES: readonly StandardProfile[] = [
  {
    name: 'System Administrator',
    metadataName: 'Admin',
    license: SALESFORCE,
    userPermissions: words(ADMIN),
    objects: objects(() => 'RCEDVM'),
    fields: 'all',
  },
  {
    name: 'Standard User',
    metadataName: 'Standard',
    license: SALESFORCE,
    userPermissions: words(STANDARD),
    objects: standardRights,
    fields: 'standard',
  },
  {
    name: 'Read Only',
    metadataName: 'ReadOnly',
    license: SALESFORCE,
    userPermissions: words(READ_ONLY),
    objects: objects((name, standard) => (standard === '' || UNREAD.has(name) ? '' : 'R')),
    fields: 'standard',
  },
  {
    name: 'Minimum Access - Salesforce',
    metadataName: 'Minimum Access - Salesforce',
    license: SALESFORCE,
    userPermissions: words(BASIC),
    objects: objects((name) =>
      ['ContractLineItem', 'Entitlement', 'EntitlementContact', 'QuickText', 'ServiceContract'].includes(name)
        ? 'R'
        : '',
    ),
    fields: 'none',
  },
  {
    name: 'Marketing User',
    metadataName: 'MarketingProfile',
    license: SALESFORCE,
    userPermissions: words(MARKETING),
    objects: { ...standardRights, Campaign: rightsFrom('RCED') },
    fields: 'standard',
  },
  {
    name: 'Contract Manager',
    metadataName: 'ContractManager',
    license: SALESFORCE,
    userPermissions: words(`${STANDARD} ActivateContract DeleteActivatedContract`),
    objects: standardRights,
    fields: 'standard',
  },
  {
    name: 'Solution Manager',
    metadataName: 'SolutionManager',
    license: SALESFORCE,
    userPermissions: words(`${STANDARD} ManageSolutions`),
    objects: { ...standardRights, Solution: rightsFrom('RCED') },
    fields: 'standard',
  },
  {
    name: 'Minimum Access - API Only Integrations',
    metadataName: 'Minimum Access - API Only Integrations',
    license: 'Salesforce Integration',
    userPermissions: words('ApiEnabled ApiUserOnly'),
    objects: {},
    fields: 'none',
  },
];

/** The profile whose users are never held back (PLATFORM 1.5: "works for admin"). */
export const ADMINISTRATOR = 'System Administrator';
