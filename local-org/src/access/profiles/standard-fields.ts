/**
 * Fields of common standard objects that field-level security can hide; the others are always there for whoever may read the object.
 * Source: field permissions of the standard profiles, as a Developer Edition org lists them. `-` before a name: the standard profiles
 * other than System Administrator do not grant it, because no page of a new org shows it; `=`: they grant reading only.
 */
const LISTED: Readonly<Record<string, string>> = {
  Account:
    'AccountNumber AccountSource AnnualRevenue BillingAddress =CleanStatus =DandbCompanyId Description =DunsNumber Fax Industry Jigsaw =NaicsCode =NaicsDesc NumberOfEmployees OperatingHoursId Ownership ParentId Phone Rating ShippingAddress Sic SicDesc Site TickerSymbol =Tradestyle Type Website =YearStarted',
  Asset:
    'AccountId AssetLevel AssetProvidedById AssetServicedById -ConsequenceOfFailure ContactId CurrentAmount CurrentLifecycleEndDate CurrentMrr CurrentQuantity Description -DigitalAssetStatus -ExternalIdentifier HasLifecycleManagement InstallDate IsCompetitorProduct IsInternal LifecycleEndDate LifecycleStartDate -LocationId -ManufactureDate Price Product2Id ProductCode -ProductDescription -ProductFamily PurchaseDate Quantity SerialNumber Status -StatusReason StockKeepingUnit TotalLifecycleAmount UsageEndDate -Uuid',
  Campaign:
    'ActualCost AmountAllOpportunities AmountWonOpportunities BudgetedCost Description EndDate ExpectedResponse ExpectedRevenue -HierarchyActualCost -HierarchyAmountAllOpportunities -HierarchyAmountWonOpportunities -HierarchyBudgetedCost -HierarchyExpectedRevenue -HierarchyNumberOfContacts -HierarchyNumberOfConvertedLeads -HierarchyNumberOfLeads -HierarchyNumberOfOpportunities -HierarchyNumberOfResponses -HierarchyNumberOfWonOpportunities -HierarchyNumberSent IsActive NumberOfContacts NumberOfConvertedLeads NumberOfLeads NumberOfOpportunities NumberOfResponses NumberOfWonOpportunities NumberSent ParentId StartDate Status Type',
  Case: '=AccountId AssetId -BusinessHoursId =ClosedDate ContactId Description -EntitlementId =IsEscalated -IsStopped -MilestoneStatus Origin ParentId Priority -ProductId Reason -ServiceContractId -SlaExitDate -SlaStartDate SourceId -StopStartDate Subject =SuppliedCompany =SuppliedEmail =SuppliedName =SuppliedPhone Type',
  Contact:
    'AccountId AssistantName AssistantPhone Birthdate -BuyerAttributes =CleanStatus Department Description -DoNotCall Email Fax -GenderIdentity -HasOptedOutOfEmail -HasOptedOutOfFax HomePhone Jigsaw LeadSource MailingAddress MobilePhone OtherAddress OtherPhone Phone -Pronouns ReportsToId Title',
  Contract:
    '=ActivatedById =ActivatedDate BillingAddress CompanySignedDate CompanySignedId ContractTerm CustomerSignedDate CustomerSignedId CustomerSignedTitle Description =EndDate -Name OwnerExpirationNotice Pricebook2Id -ShippingAddress SpecialTerms StartDate',
  Event: 'Description IsAllDayEvent Location -Type WhatId WhoId',
  Lead: 'Address AnnualRevenue =CleanStatus =CompanyDunsNumber =DandbCompanyId Description -DoNotCall Email Fax -GenderIdentity -HasOptedOutOfEmail -HasOptedOutOfFax Industry Jigsaw -LastTransferDate LeadSource MobilePhone NumberOfEmployees Phone -Pronouns Rating Title Website',
  Opportunity:
    'AccountId Amount CampaignId -ContractId Description ExpectedRevenue IsPrivate LeadSource NextStep Probability TotalOpportunityQuantity Type',
  OpportunityLineItem: 'Description -Discount =ListPrice =ProductCode ServiceDate -Subtotal TotalPrice',
  Order:
    '=ActivatedById =ActivatedDate BillToContactId BillingAddress CompanyAuthorizedById CompanyAuthorizedDate CustomerAuthorizedById CustomerAuthorizedDate Description Name -OpportunityId OrderReferenceNumber PoDate PoNumber ShipToContactId ShippingAddress =TotalAmount Type',
  OrderItem: 'Description EndDate =ListPrice =ProductCode -ReferencePrice ServiceDate -SubscriptionTerm',
  Product2:
    'Description DisplayUrl ExternalDataSourceId ExternalId Family ProductCode QuantityUnitOfMeasure -SellerId -SourceProductId StockKeepingUnit',
  Task: 'ActivityDate Description -Type WhatId WhoId',
};

/** How the standard profiles other than System Administrator grant a field. */
export type StandardFieldGrant = 'edit' | 'read' | 'none';

const GRANTS: Readonly<Record<string, StandardFieldGrant>> = { '-': 'none', '=': 'read' };

function parse(list: string): ReadonlyMap<string, StandardFieldGrant> {
  return new Map(
    list.split(' ').map((entry) => {
      const grant = GRANTS[entry.charAt(0)];
      return [(grant === undefined ? entry : entry.slice(1)).toLowerCase(), grant ?? 'edit'];
    }),
  );
}

const parsed = new Map<string, ReadonlyMap<string, StandardFieldGrant>>();

/** The listed fields of a standard object in lower case; undefined for an object of which no list is known. */
export function standardFieldGrants(objectName: string): ReadonlyMap<string, StandardFieldGrant> | undefined {
  const list = LISTED[objectName];
  if (list === undefined) return undefined;
  let grants = parsed.get(objectName);
  if (grants === undefined) {
    grants = parse(list);
    parsed.set(objectName, grants);
  }
  return grants;
}
