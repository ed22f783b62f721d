/**
 * Words that Apex reserves, and that cannot name a variable, class or constant.
 * Source: Apex Developer Guide, "Reserved Keywords".
 */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(
  `abstract activate and any array as asc autonomous begin bigdecimal blob boolean break bulk by byte case cast catch char
  class collect commit const continue convertcurrency currency date datetime decimal default delete desc do double else end
  enum exception exit export extends false final finally float for from global goto group having hint if implements import
  in inner insert instanceof int integer interface into join like limit list long loop map merge new not null nulls number
  object of on or outer override package parallel pragma private protected public retrieve return rollback select set
  short sobject sort static string super switch synchronized system testmethod then this throw time today tolabel tomorrow
  transaction trigger true try undelete update upsert using virtual void webservice when where while yesterday`.split(
    /\s+/,
  ),
);

/**
 * Platform types that the generated classes name. An inner class or enum with such a name would hide the type from the code
 * around it.
 */
export const TYPES_IN_USE: ReadonlySet<string> = new Set(
  `assert blob boolean date datetime decimal double encodingutil enum exception id illegalargumentexception integer json
  jsongenerator list long map object set string system test type userinfo`.split(/\s+/),
);

/**
 * Platform types whose static methods the generated classes call. In an expression, Apex takes a member of the same name first;
 * elsewhere, as in a cast or declaration, it does not, which is why `id` and `type` may be members.
 */
export const TYPES_IN_EXPRESSIONS: ReadonlySet<string> = new Set('date decimal encodingutil json string'.split(' '));

/**
 * Names that a top-level class must not take, because code elsewhere in the org would then mean that class: types of the
 * System and Schema namespaces and standard objects that nearly every org uses.
 * Source: Apex Reference Guide, "System Namespace", "Schema Namespace"; Object Reference, "Standard Objects".
 */
export const PLATFORM_NAMES: ReadonlySet<string> = new Set(
  `accesslevel accesstype account accountcontactrelation address aggregateresult answer apex apexclass apexpages apextrigger
  applaunchermenu approval asset asyncapexjob asyncinfo asyncoptions attachment auth blob boolean businesshours cache
  callable calendar campaign campaignmember canvas case casecomment chatter collator comparable comparator connectapi contact
  contentdocument contentversion continuation contract cookie crontrigger crypto currency custommetadata customsettings
  database datacloud dataweave dashboard describe dom domain domaincreator encodingutil entitlement enum event eventbus
  exception externalservice fabricator featuremanagement feeditem finalizer finalizercontext flow folder formula formulaeval
  group holiday http httpcalloutmock httprequest httpresponse idea individual invocable iterable iterator kbmanagement
  knowledge label lead lightning limits location location__c logginglevel loggingtype long math matcher messaging metadata
  network note opportunity opportunitylineitem order orderitem orgwideemailaddress packaging page pagereference parser pattern
  permissionset pricebook2 pricebookentry process product2 profile publickeycertificate queueable queueablecontext
  quickaction quiddity quote quotelineitem recordtype report reports request resethandler resetpasswordresult restcontext
  restrequest restresponse sandboxcontext savepoint schedulable schedulablecontext schema search security selectoption
  servicecontract sfc sforce site sobject sobjectaccessdecision sobjectfield sobjecttype solution static_resource
  staticresourcecalloutmock stubprovider support system systemaddress task test territorymgmt timezone topic trigger
  triggeroperation txnsecurity type uninstallcontext url user userinfo usermanagement userprovisioning userrole uuid
  variables version visualeditor webservicecallout webservicemock wave workorder xmlstreamreader xmlstreamwriter`.split(
    /\s+/,
  ),
);
