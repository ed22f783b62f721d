import { ApexDecimal, type FieldValue } from '../values/index.js';

type Values = Map<string, FieldValue>;

function fullName(values: Values): void {
  const parts = [values.get('FirstName'), values.get('LastName')].filter(
    (part) => typeof part === 'string' && part !== '',
  );
  values.set('Name', parts.join(' '));
}

const STAGES: Readonly<Record<string, number>> = {
  Prospecting: 10,
  Qualification: 10,
  'Needs Analysis': 20,
  'Value Proposition': 50,
  'Id. Decision Makers': 60,
  'Perception Analysis': 70,
  'Proposal/Price Quote': 75,
  'Negotiation/Review': 90,
  'Closed Won': 100,
  'Closed Lost': 0,
};

function stage(values: Values): void {
  const name = String(values.get('StageName') ?? '');
  values.set('IsClosed', name.startsWith('Closed'));
  values.set('IsWon', name === 'Closed Won');
  const probability = STAGES[name];
  if (probability !== undefined && (values.get('Probability') ?? null) === null)
    values.set('Probability', ApexDecimal.of(probability));
}

const closedWhen =
  (status: string) =>
  (values: Values): void => {
    values.set('IsClosed', values.get('Status') === status);
  };

/** Fields of standard objects that the platform sets from others when a record is saved (Object Reference). */
const DERIVATIONS: Readonly<Record<string, (values: Values) => void>> = {
  Contact: fullName,
  Lead: fullName,
  User: fullName,
  Opportunity: stage,
  Case: closedWhen('Closed'),
  Task: closedWhen('Completed'),
};

export function deriveFields(objectName: string, values: Values): void {
  DERIVATIONS[objectName]?.(values);
}
