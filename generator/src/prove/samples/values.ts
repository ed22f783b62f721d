import { noSample, type DescribedField } from './description.js';

export type SampleValue = string | number | boolean;

type Sample = (field: DescribedField, number: number, round: number) => SampleValue;

const DAY_MILLISECONDS = 86_400_000;
/** Dates of samples count from here, so that two runs send the same. */
const FIRST_DAY = Date.UTC(2026, 0, 1);

function text(field: DescribedField, number: number, round: number): string {
  const whole = `Sample ${number}${round === 0 ? '' : `, change ${round}`}`;
  return field.length > 0 && whole.length > field.length ? `${round}-${number}`.slice(0, field.length) : whole;
}

function picklistValue(field: DescribedField, number: number, round: number): string {
  const active = field.picklistValues.filter((entry) => entry.active);
  return active[(number + round) % Math.max(active.length, 1)]?.value ?? text(field, number, round);
}

function day(number: number, round: number): string {
  return new Date(FIRST_DAY + (number + round) * DAY_MILLISECONDS).toISOString().slice(0, 10);
}

const count: Sample = (_field, number, round) => number + round;

/** A value by field type, as describe names the types. */
const SAMPLES: Readonly<Record<string, Sample>> = {
  string: text,
  textarea: text,
  picklist: picklistValue,
  combobox: picklistValue,
  url: (_field, number, round) => `https://sample-${number}.example.com/${round}`,
  email: (_field, number, round) => `sample.${number}.${round}@example.com`,
  phone: (_field, number, round) => `+1 555 ${String(number).padStart(4, '0')} ${round}`,
  int: count,
  double: count,
  currency: count,
  percent: (_field, number, round) => (number + round) % 100,
  boolean: (_field, _number, round) => round % 2 === 1,
  date: (_field, number, round) => day(number, round),
  datetime: (_field, number, round) => `${day(number, round)}T00:00:00.000Z`,
};

/**
 * A value for a field of record `number`; another `round` gives another value. References are not made here.
 * Throws UserError `NoSampleError` for a type without samples.
 */
export function sampleValue(object: string, field: DescribedField, number: number, round: number): SampleValue {
  const sample = SAMPLES[field.type];
  if (sample === undefined) throw noSample(object, `the field ${field.name} is of type ${field.type}`);
  return sample(field, number, round);
}
