import { statusFacts } from '../schema/index.js';
import { ApexDecimal, RoundingMode, sameFieldValue, type FieldValue } from '../values/index.js';

type Values = Map<string, FieldValue>;
/** Values that the record had before the save; undefined for a new one. */
type Before = Readonly<Record<string, FieldValue>> | undefined;

function fullName(values: Values): void {
  const parts = [values.get('FirstName'), values.get('LastName')].filter(
    (part) => typeof part === 'string' && part !== '',
  );
  values.set('Name', parts.join(' '));
}

/** A stage says whether the deal is done; one that changes also how likely it is and how it is forecast, unless the save says that too. */
function stage(values: Values, before: Before): void {
  const facts = statusFacts('OpportunityStage', values.get('StageName') ?? null);
  values.set('IsClosed', facts?.['IsClosed'] === true);
  values.set('IsWon', facts?.['IsWon'] === true);
  if (facts === undefined) return;
  const stageChanges = (before?.['StageName'] ?? null) !== (values.get('StageName') ?? null);
  values.set('ForecastCategory', facts['ForecastCategory'] ?? null);
  for (const [field, fact] of [
    ['Probability', 'DefaultProbability'],
    ['ForecastCategoryName', 'ForecastCategoryName'],
  ] as const) {
    const given = values.get(field) ?? null;
    const isLeft = before !== undefined && stageChanges && sameFieldValue(given, before[field] ?? null);
    if (given === null || isLeft) values.set(field, facts[fact] ?? null);
  }
}

const HUNDRED = ApexDecimal.of(100);

/** A line has the total of its price and quantity less the discount, or the price that a given total leaves for one piece. */
function lineItem(values: Values, before: Before): void {
  const [quantity, price, total] = ['Quantity', 'UnitPrice', 'TotalPrice'].map((name) => values.get(name));
  if (!(quantity instanceof ApexDecimal) || quantity.isZero()) return;
  if (total instanceof ApexDecimal && !sameFieldValue(total, before?.['TotalPrice'] ?? null))
    values.set('UnitPrice', total.divideScaled(quantity, 2, RoundingMode.HALF_UP));
  else if (price instanceof ApexDecimal) {
    const discount = values.get('Discount');
    const share = discount instanceof ApexDecimal ? HUNDRED.subtract(discount) : HUNDRED;
    values.set('TotalPrice', price.multiply(quantity).multiply(share).divideScaled(HUNDRED, 2, RoundingMode.HALF_UP));
  }
}

const closedBy =
  (statuses: 'CaseStatus' | 'TaskStatus') =>
  (values: Values): void => {
    values.set('IsClosed', statusFacts(statuses, values.get('Status') ?? null)?.['IsClosed'] === true);
  };

/** Fields of standard objects that the platform sets from others when a record is saved (Object Reference). */
const DERIVATIONS: Readonly<Record<string, (values: Values, before: Before) => void>> = {
  Contact: fullName,
  Lead: fullName,
  // User names are kept in lower case (rflib: rflib_FeatureSwitchTest).
  User: (values) => {
    fullName(values);
    const userName = values.get('Username');
    if (typeof userName === 'string') values.set('Username', userName.toLowerCase());
  },
  Opportunity: stage,
  OpportunityLineItem: lineItem,
  Case: closedBy('CaseStatus'),
  Task: (values) => {
    closedBy('TaskStatus')(values);
    values.set(
      'IsHighPriority',
      statusFacts('TaskPriority', values.get('Priority') ?? null)?.['IsHighPriority'] === true,
    );
  },
};

export function deriveFields(objectName: string, values: Values, before: Before): void {
  DERIVATIONS[objectName]?.(values, before);
}
