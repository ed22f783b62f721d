/**
 * What belongs to features that a new Developer Edition org does not have. The tables list the objects and fields of every cloud: code may use
 * them, but describes do not list them, because code asks describes which features are on.
 */

/** Standard objects of a new Developer Edition org (Object Reference; describeGlobal of such an org). */
const OBJECTS = `
AcceptedEventRelation Account AccountContactRole AccountPartner ActionLinkGroupTemplate ActionLinkTemplate AdditionalNumber Announcement ApexClass
ApexComponent ApexLog ApexPage ApexTestQueueItem ApexTestResult ApexTestRunResult ApexTestSuite ApexTrigger AppDefinition AppMenuItem Asset
AssetRelationship AssignmentRule AsyncApexJob Attachment AuraDefinition AuraDefinitionBundle AuthConfig AuthProvider AuthSession
BackgroundOperation BrandTemplate BusinessHours BusinessProcess CallCenter Campaign CampaignMember CampaignMemberStatus Case CaseComment
CaseContactRole CaseSolution CaseStatus CaseTeamMember CaseTeamRole CaseTeamTemplate CategoryData CategoryNode ChatterActivity ClientBrowser
CollaborationGroup CollaborationGroupMember CollaborationGroupMemberRequest CollaborationGroupRecord CollaborationInvitation ConnectedApplication Contact
ContentAsset ContentDistribution ContentDistributionView ContentDocument ContentDocumentLink ContentFolder ContentFolderItem ContentFolderLink ContentNote
ContentVersion ContentWorkspace ContentWorkspaceDoc ContentWorkspaceMember ContentWorkspacePermission Contract ContractContactRole ContractStatus
CorsWhitelistEntry CronJobDetail CronTrigger CustomBrand CustomPermission CustomPermissionDependency Dashboard DashboardComponent
DeclinedEventRelation Document DocumentAttachmentMap Domain DomainSite DuplicateRecordItem DuplicateRecordSet DuplicateRule EmailMessage EmailMessageRelation
EmailServicesAddress EmailServicesFunction EmailTemplate EntityDefinition EntityParticle EntitySubscription Event EventBusSubscriber EventLogFile
EventRelation ExternalDataSource ExternalDataUserAuth FeedAttachment FeedComment FeedItem FeedLike FeedPollChoice FeedPollVote FeedRevision
FieldDefinition FieldPermissions FiscalYearSettings FlowDefinitionView FlowInterview FlowRecordRelation FlowStageRelation FlowVersionView Folder
GrantedByLicense Group GroupMember Holiday Idea IdeaComment Individual InstalledMobileApp Lead LeadStatus ListEmail ListView ListViewChart LoginGeo
LoginHistory LoginIp Macro MacroInstruction MailmergeTemplate MatchingRule MatchingRuleItem Name NamedCredential Note NoteAndAttachment
ObjectPermissions OpenActivity ActivityHistory Opportunity OpportunityCompetitor OpportunityContactRole OpportunityFieldHistory OpportunityHistory OpportunityLineItem
OpportunityPartner OpportunityStage Order OrderItem OrderStatus OrgWideEmailAddress Organization PackageLicense Partner PartnerRole Period
PermissionSet PermissionSetAssignment PermissionSetGroup PermissionSetGroupComponent PermissionSetLicense PermissionSetLicenseAssign PermissionSetTabSetting
PlatformEventUsageMetric Pricebook2 PricebookEntry ProcessDefinition ProcessInstance ProcessInstanceHistory ProcessInstanceNode ProcessInstanceStep
ProcessInstanceWorkitem ProcessNode Product2 Profile Publisher PushTopic QueueSobject QuickText RecentlyViewed RecordType RelationshipDomain
RelationshipInfo Report SearchLayout SetupAuditTrail SetupEntityAccess Site Solution SolutionStatus StaticResource StreamingChannel Task TaskPriority
TaskStatus TenantUsageEntitlement TestSuiteMembership ThirdPartyAccountLink Topic TopicAssignment UndecidedEventRelation User UserAppInfo
UserAppMenuItem UserEntityAccess UserFieldAccess UserLicense UserListView UserLogin UserPackageLicense UserPermissionAccess UserPreference
UserRecordAccess UserRole Vote WebLink
`
  .trim()
  .split(/\s+/);

/** Objects that come with another one. */
const COMPANIONS = ['Feed', 'History', 'Share', 'ChangeEvent'];

/** The standard objects that describes list, of those that there are. */
export function listedObjects(all: readonly string[]): readonly string[] {
  const known = new Set(all);
  return OBJECTS.flatMap((name) => [name, ...COMPANIONS.map((suffix) => name + suffix)]).filter((name) =>
    known.has(name),
  );
}

/** State and country picklists, divisions, several currencies. */
const FEATURE_FIELDS =
  /^((Billing|Shipping|Mailing|Other|Person(Mailing|Other))?(State|Country)Code|Division|DefaultDivision|(Default)?CurrencyIsoCode)$/i;

/** Person accounts, portals, partners, territories, industries. */
const OBJECT_FIELDS: Readonly<Record<string, RegExp>> = {
  account:
    /^(IsPersonAccount|Person[A-Z].*|FirstName|LastName|Salutation|IsCustomerPortal|IsPartner|ChannelProgram.*|IsExcludedFromRealign|HasPrivacyHold|IsActive|IsPriorityRecord|EffectiveDate|EndDate|SourceSystem.*)$/i,
  contact: /^(IsPersonAccount|HasPrivacyHold|IsPriorityRecord)$/i,
  lead: /^(BirthDate|HasPrivacyHold|IsPriorityRecord|Pronouns|GenderIdentity|Specialty)$/i,
  opportunity: /^(IsExcludedFromTerritory2Filter|IsSplit|SyncedQuoteId|Territory2Id|ContractId)$/i,
  event: /^ServiceAppointmentId$/i,
};

/** Is a field of a standard object there only when a feature is on? */
export function needsFeature(object: string, field: string): boolean {
  return FEATURE_FIELDS.test(field) || OBJECT_FIELDS[object.toLowerCase()]?.test(field) === true;
}
