/**
 * Elements whose number is whole. The published types say `number` for integers and doubles alike; among the types that
 * the local org knows no name is used for both.
 */
const INTEGERS: ReadonlySet<string> = new Set(
  `batchSize dayOfMonthToRun defaultQueueableDelay duration frameHeight frequencyNumber height
  jwtValidityPeriodSeconds keySize length limit locationX locationY logoVersion majorNumber maxBatchSize minorNumber
  numPartitions offset offsetNumber percentage posX posY posZ precision primaryIndexOrder probability relationshipOrder
  ruleOrder scale sequenceNumber sizeX sizeY sizeZ sortOrder stageOrder startingNumber systemVersion testGroupPercentage
  triggerOrder visibleLines width`.split(/\s+/),
);

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const ZONE = '(?:Z|[+-]\\d{2}:\\d{2})?';
const DATE_PART = '(\\d{4})-(\\d{2})-(\\d{2})';
const TIME_PART = '(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?';
const DATE = new RegExp(`^${DATE_PART}${ZONE}$`);
const DATE_TIME = new RegExp(`^${DATE_PART}T${TIME_PART}${ZONE}$`);
const TIME = new RegExp(`^${TIME_PART}${ZONE}$`);

/** Whether a text that looks like a date names a day that exists. */
function isDay(match: RegExpExecArray | null): boolean {
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

const isBoolean = (text: string): boolean => /^(?:true|false|1|0)$/.test(text);
const isNumber = (text: string): boolean => NUMBER.test(text);
const isInteger = (text: string): boolean => /^[+-]?\d+$/.test(text);
const isDate = (text: string): boolean => isDay(DATE.exec(text));
const isDateTime = (text: string): boolean => isDay(DATE_TIME.exec(text));

/** XML Schema types that values may declare, with their lexical check. */
export const xsdTypes: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ['string', (): boolean => true],
  ['boolean', isBoolean],
  ['int', isInteger],
  ['integer', isInteger],
  ['long', isInteger],
  ['double', isNumber],
  ['decimal', isNumber],
  ['date', isDate],
  ['dateTime', isDateTime],
  ['time', (text: string): boolean => TIME.test(text)],
]);

/**
 * The XML Schema type that a scalar element's text fails to be; undefined when the text is fine.
 * @param type `string`, `boolean`, `number` or `date`, as in the schema file
 */
export function scalarMismatch(element: string, type: string, text: string): string | undefined {
  switch (type) {
    case 'boolean':
      return isBoolean(text) ? undefined : 'xsd:boolean';
    case 'number':
      if (INTEGERS.has(element)) return isInteger(text) ? undefined : 'xsd:int';
      return isNumber(text) ? undefined : 'xsd:double';
    case 'date':
      return isDate(text) || isDateTime(text) || TIME.test(text) ? undefined : 'xsd:dateTime';
    default:
      return undefined;
  }
}
