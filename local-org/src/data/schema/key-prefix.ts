/** Key prefixes of standard objects, from the platform's published list (help: Standard Field Record ID Prefix Decoder). */
const STANDARD_PREFIXES: Readonly<Record<string, string>> = {
  account: '001',
  note: '002',
  contact: '003',
  user: '005',
  opportunity: '006',
  organization: '00D',
  userrole: '00E',
  group: '00G',
  opportunitylineitem: '00k',
  folder: '00l',
  attachment: '00P',
  lead: '00Q',
  task: '00T',
  event: '00U',
  campaignmember: '00v',
  emailtemplate: '00X',
  profile: '00e',
  recordtype: '012',
  document: '015',
  accountcontactrelation: '07k',
  apexlog: '07L',
  apexclass: '01p',
  apextrigger: '01q',
  pricebook2: '01s',
  product2: '01t',
  pricebookentry: '01u',
  emailmessage: '02s',
  contentversion: '068',
  contentdocument: '069',
  contentdocumentlink: '06A',
  crontrigger: '08e',
  cronjobdetail: '08a',
  permissionset: '0PS',
  permissionsetassignment: '0Pa',
  objectpermissions: '110',
  fieldpermissions: '01k',
  setupentityaccess: '0J0',
  asyncapexjob: '707',
  campaign: '701',
  contract: '800',
  order: '801',
  orderitem: '802',
  case: '500',
  solution: '501',
  asset: '02i',
  customnotificationtype: '0ML',
  flowinterview: '0Fo',
  userexternalcredential: '0XU',
  apexpage: '066',
  staticresource: '081',
  queuesobject: '03g',
  apextestqueueitem: '709',
  apextestresult: '07M',
  apextestrunresult: '05m',
  apextestsuite: '05F',
  apexcodecoverage: '714',
  apexcodecoverageaggregate: '715',
  debuglevel: '7dl',
  traceflag: '7tf',
  businesshours: '01m',
  taskrelation: '0RT',
  eventrelation: '0RE',
};

const BASE36 = '0123456789abcdefghijklmnopqrstuvwxyz';

function numbered(lead: string, index: number): string {
  return lead + BASE36.charAt(Math.floor(index / 36) % 36) + BASE36.charAt(index % 36);
}

/** Hands out key prefixes: the published ones for standard objects, numbered ones for the rest in the order in which objects appear. */
export class KeyPrefixes {
  private readonly taken = new Map<string, string>();
  private readonly counts = new Map<string, number>();

  /** Those that were numbered, by lower-cased object name: Ids contain them, so an org keeps them for ever. */
  numbered(): ReadonlyMap<string, string> {
    return this.taken;
  }

  /** Takes a prefix that an earlier start of the org handed out. Call it in the order in which they were handed out. */
  restore(objectName: string, prefix: string): void {
    const key = objectName.toLowerCase();
    if (this.taken.has(key)) return;
    this.taken.set(key, prefix);
    this.counts.set(leadOf(key), (this.counts.get(leadOf(key)) ?? 0) + 1);
  }

  prefixOf(objectName: string): string {
    const key = objectName.toLowerCase();
    const known = STANDARD_PREFIXES[key] ?? this.taken.get(key);
    if (known !== undefined) return known;
    const lead = leadOf(key);
    const index = this.counts.get(lead) ?? 0;
    this.counts.set(lead, index + 1);
    const prefix = numbered(lead, index);
    this.taken.set(key, prefix);
    return prefix;
  }
}

/** Custom objects start with `a`, custom metadata with `m`, events with `e`; standard objects without a published prefix get a made-up `z` one. */
function leadOf(key: string): string {
  if (key.endsWith('__mdt')) return 'm';
  if (key.endsWith('__e')) return 'e';
  if (key.endsWith('__x')) return 'x';
  return key.endsWith('__c') ? 'a' : 'z';
}
